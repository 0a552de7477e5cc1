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

    /// <summary>Whether a lowering is among them, begins at no more and goes no further than it said.</summary>
    public bool Cover(LoweringProposal proposal) => FloorOf(proposal) is not null;

    /// <summary>The fewest instances that are approved for a lowering; nothing when it is not covered.</summary>
    public int? FloorOf(LoweringProposal proposal) => Targets
        .FirstOrDefault(each => each.Target == proposal.Target.Key && proposal.Goal >= each.Least && proposal.From <= each.From)?.Least;

    /// <summary>Whether a target is among them, however far it would be lowered.</summary>
    public bool Name(LoweringProposal proposal) => Targets.Any(each => each.Target == proposal.Target.Key);
}
