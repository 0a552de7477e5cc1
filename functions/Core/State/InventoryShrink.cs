using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>A loss of resources that nobody has explained yet. As long as it lasts nothing is lowered.</summary>
/// <param name="Loss">What is missing.</param>
/// <param name="Since">Since when; anew when more goes missing.</param>
public sealed record InventoryShrink(EstateLoss Loss, DateTimeOffset Since)
{
    /// <summary>A smaller estate that stays as it is this long is taken for what there is.</summary>
    public static readonly TimeSpan AcceptedAfter = TimeSpan.FromHours(1);

    /// <summary>Who said that the smaller estate is right; absent before anybody did.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>Who said that it is wrong, so that time alone does not make it right; absent when nobody did.</summary>
    public string? DeniedBy { get; init; }

    public DateTimeOffset AcceptedAt => Since + AcceptedAfter;

    /// <summary>In a sentence, for people.</summary>
    public string Text =>
        $"{Loss.Missing} of {Loss.Known} known resources are not seen any more ({Loss.Where}); nothing is lowered until they are back, "
        + (DeniedBy is null ? $"a person confirms that they are gone, or {AcceptedAt:yyyy-MM-dd HH:mm}" : $"or a person confirms that they are gone; {DeniedBy} said that they are not");

    public bool IsAccepted(DateTimeOffset now) => ConfirmedBy is not null || (DeniedBy is null && now >= AcceptedAt);
}
