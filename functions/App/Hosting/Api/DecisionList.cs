using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The latest decision on each target.</summary>
internal sealed record DecisionList(DateTimeOffset Now, IReadOnlyList<TargetDecision> Decisions);

/// <summary>A decision and the target it is about.</summary>
internal sealed record TargetDecision(string Target, string Name, DecisionSpan Decision);
