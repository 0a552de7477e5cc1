using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>How the off-hours of a target stand.</summary>
public sealed record OffStanding
{
    public required ObservedTarget Target { get; init; }

    public required string Workload { get; init; }

    /// <summary>In a word: <c>on</c>, <c>off</c>, <c>going off</c>, <c>coming back</c>, <c>snoozed</c>, <c>missed</c>, <c>started by hand</c>, <c>not put off</c>, <c>held by a budget</c>; where nothing is remembered <c>not off</c> and <c>not on</c>, too.</summary>
    public required string State { get; init; }

    /// <summary>Since when by the clock; absent when no edge is known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The next time it is put off, or started.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Whether that is a start.</summary>
    public bool IsNextStart { get; init; }

    /// <summary>When it must be back; absent while it is on.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>How long it is taken to need.</summary>
    public TimeSpan Lead { get; init; }

    /// <summary>What it comes back as; absent where nothing was taken away.</summary>
    public (int Instances, string Size)? Before { get; init; }

    /// <summary>Instance-hours spared within the span that was asked for.</summary>
    public double SavedHours { get; init; }

    /// <summary>What there is to say beside it; empty when nothing.</summary>
    public string Note { get; init; } = "";
}
