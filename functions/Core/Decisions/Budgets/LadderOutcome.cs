namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>What a look at a budget leads to.</summary>
/// <param name="Next">What is to be remembered.</param>
/// <param name="Changes">Steps that moved.</param>
/// <param name="Passed">Thresholds that were passed.</param>
public sealed record LadderOutcome(KeptLadder Next, IReadOnlyList<LadderChange> Changes, IReadOnlyList<ThresholdPassed> Passed);
