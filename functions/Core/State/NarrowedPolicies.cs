using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>
/// Policies that would govern far fewer resources, which nobody has explained yet: the files, or a kept set that a person chose. Meanwhile
/// those before them are in force.
/// </summary>
/// <param name="Version">The set that waits.</param>
/// <param name="Loss">What it would not govern any more.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record NarrowedPolicies(string Version, SelectionLoss Loss, DateTimeOffset Since)
{
    /// <summary>Files that stay as they are this long are taken for meant: no less time than a smaller inventory has.</summary>
    public static readonly TimeSpan AcceptedAfter = InventoryShrink.AcceptedAfter;

    /// <summary>Who said that it is meant; absent before anybody did.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>Who said that it is a slip, so that time alone does not put it in force; absent when nobody did.</summary>
    public string? DeniedBy { get; init; }

    /// <summary>Who chose this set in the place of the files; absent where it is what the files say.</summary>
    public string? ChosenBy { get; init; }

    public DateTimeOffset AcceptedAt => Since + AcceptedAfter;

    /// <summary>In a sentence, for people.</summary>
    public string Text =>
        $"{Subject} would {Loss.Text}; the set before {(ChosenBy is null ? "them" : "it")} stays in force until "
        + (DeniedBy is null ? $"a person approves, or {AcceptedAt:yyyy-MM-dd HH:mm}"
            : $"{(ChosenBy is null ? "they are mended" : "another one is chosen")}, as {DeniedBy} said that this is not meant");

    /// <summary>What waits, for people.</summary>
    public string Subject => SubjectOf(ChosenBy);

    /// <param name="chosenBy">Who chose the set; absent where it is what the files say.</param>
    public static string SubjectOf(string? chosenBy) => chosenBy is null ? "the policy files" : $"the set that {chosenBy} chose";

    public bool IsAccepted(DateTimeOffset now) => ConfirmedBy is not null || (DeniedBy is null && now >= AcceptedAt);
}
