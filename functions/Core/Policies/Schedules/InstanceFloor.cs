namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>A higher minimum for a time. It raises; when it ends, the load decides again.</summary>
public sealed record InstanceFloor
{
    public required ZonedWindow When { get; init; }

    public required int Minimum { get; init; }

    /// <summary>Why; empty when not said.</summary>
    public string Reason { get; init; } = "";

    public required PolicySource Source { get; init; }
}
