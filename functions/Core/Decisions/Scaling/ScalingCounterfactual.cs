namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>What the signal would have to be for another decision, in the unit of the metric per reporting instance.</summary>
public sealed record ScalingCounterfactual(string Signal, double Now, double OutAbove, double InBelow);
