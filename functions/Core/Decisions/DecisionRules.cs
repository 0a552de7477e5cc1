using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Decisions;

/// <summary>Every rule there is.</summary>
public static class DecisionRules
{
    public static IReadOnlyList<IScalingRule> Scaling { get; } = [new TargetTracking(), new StepScaling(), new VetoSignals(), new RightsizedCount()];
}
