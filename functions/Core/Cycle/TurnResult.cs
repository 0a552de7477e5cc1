using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What became of one target's turn.</summary>
/// <param name="Row">The row as last written.</param>
/// <param name="IsSent">Whether a write left for Azure.</param>
/// <param name="Evaluation">What was decided.</param>
/// <param name="Case">The decision's case.</param>
/// <param name="Proposal">The lowering that waits for the tick's permission.</param>
/// <param name="Reports">What is told of the target; the decision comes first.</param>
/// <param name="Remember">What the row remembers of it, however it is by the time that is written.</param>
internal sealed record TurnResult(
    TargetRow Row, bool IsSent, TargetEvaluation Evaluation, string Case, LoweringProposal? Proposal, IReadOnlyList<TargetReport> Reports,
    Func<TargetRow, TargetRow> Remember);
