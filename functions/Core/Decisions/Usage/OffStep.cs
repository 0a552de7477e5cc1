namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>What off-hours come to at a moment.</summary>
/// <param name="Wish">What is asked of the count; absent when nothing is.</param>
/// <param name="Memory">What is remembered from now on; absent when there is nothing.</param>
public sealed record OffStep(OffWish? Wish, OffMemory? Memory)
{
    /// <summary>Nothing at all.</summary>
    public static OffStep None { get; } = new(null, null);

    /// <summary>What happened, for the journal; empty when nothing did.</summary>
    public string Told { get; init; } = "";

    /// <summary>Whether a person has to look.</summary>
    public bool IsAlarm { get; init; }

    /// <summary>How it stands, beside what is decided on the count; empty when there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>The size that is asked for now; absent when none is.</summary>
    public string? Size { get; init; }

    /// <summary>Whether a person started what we had put off, which is no sign of a pipeline that does.</summary>
    public bool IsRelease { get; init; }
}
