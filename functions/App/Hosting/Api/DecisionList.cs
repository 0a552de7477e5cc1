namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The latest decision on each target.</summary>
internal sealed record DecisionList(DateTimeOffset Now, IReadOnlyList<TargetDecision> Decisions);
