using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>A decision and the target it is about.</summary>
internal sealed record TargetDecision(string Target, string Name, DecisionSpan Decision);
