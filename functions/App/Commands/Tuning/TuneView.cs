namespace ScaleFunctions.App.Commands.Tuning;

/// <summary>What <c>tune</c> found.</summary>
internal sealed record TuneView
{
    public required string Workload { get; init; }

    public required string PolicyVersion { get; init; }

    public required string Trace { get; init; }

    /// <summary>What it may be chosen by, to the minute the rest begins.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Split { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Most time short that was asked for.</summary>
    public required double ShortPercent { get; init; }

    public required int Tried { get; init; }

    /// <summary>What the policies say now first, then the frontier from the least short to the cheapest.</summary>
    public required IReadOnlyList<TuneLine> Lines { get; init; }

    /// <summary>Where the policies were written; empty when they were not.</summary>
    public string Written { get; init; } = "";
}
