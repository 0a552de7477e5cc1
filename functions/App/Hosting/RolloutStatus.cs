namespace ScaleFunctions.App.Hosting;

/// <summary>How far a changed set of policies is on its way to all.</summary>
/// <param name="InForce">Hash of the set in force.</param>
/// <param name="Rollout">Absent when nothing is rolled out, so that the set in force counts for all.</param>
internal sealed record RolloutStatus(string InForce, RolloutView? Rollout);
