using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The lowerings that one request for an approval is about.</summary>
/// <remarks>The generated reader makes nothing of what is absent, so the list is never taken as it is.</remarks>
public sealed record ApprovedLowerings
{
    public static ApprovedLowerings None { get; } = new();

    public IReadOnlyList<ApprovedLowering> Targets { get => field ?? []; init; } = [];

    public static ApprovedLowerings Of(IReadOnlyList<LoweringProposal> proposals) => new()
    {
        Targets = [.. proposals.Select(proposal => new ApprovedLowering(proposal.Target.Key, proposal.Least, proposal.From))],
    };

    /// <summary>
    /// The fewest instances that are approved for a lowering; nothing when it is not among them, begins at more than it said or goes
    /// further.
    /// </summary>
    public int? FloorOf(LoweringProposal proposal) => Targets
        .FirstOrDefault(each => each.Target == proposal.Target.Key && proposal.Goal >= each.Least && proposal.From <= each.From)?.Least;

    /// <summary>Whether a target is among them, however far it would be lowered.</summary>
    public bool Name(LoweringProposal proposal) => Targets.Any(each => each.Target == proposal.Target.Key);
}
