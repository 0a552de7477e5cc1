namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What a resource was measured to need.</summary>
/// <param name="Processors">Cores of all instances together: use of one × instances that reported × cores of their size.</param>
/// <param name="Memory">GiB of one instance.</param>
/// <param name="Minutes">The cores of each minute; only looked at where the count follows the load.</param>
public sealed record FleetDemand(UsageEstimate.Known Processors, UsageEstimate.Known Memory, IReadOnlyList<UsageSample> Minutes)
{
    /// <summary>What an instance moves to and from disks and networks, where that was measured and the size has a limit.</summary>
    public IReadOnlyList<ChannelDemand> Channels { get; init; } = [];

    /// <summary>What of it was not judged, for people: <c>network out: no limit known</c>.</summary>
    public IReadOnlyList<string> NotJudged { get; init; } = [];

    public double Confidence => Math.Min(Processors.Confidence, Memory.Confidence);

    /// <summary>As if both were at their upper bounds.</summary>
    public FleetDemand AtUpper() => this with { Processors = Processors.AtUpper(), Memory = Memory.AtUpper() };
}
