using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>An action and the decision behind it.</summary>
public sealed record DecisionFacts(
    Intent Intent, int Wanted, int Desired, string Reason, IReadOnlyList<ScalingCounterfactual> Counterfactuals);
