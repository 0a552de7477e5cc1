using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Plans;

/// <summary>A change on its way through the guards.</summary>
public sealed record PlanDraft(ScalingDecision Decision, int Goal)
{
    public int From => Decision.Current;

    /// <summary>The change of the size; absent when the count is changed.</summary>
    public SizeChange? Size { get; init; }

    /// <summary>Instances that must run before the size changes; absent where their number does not matter.</summary>
    public int? Strength { get; init; }

    public bool IsRaise => Size?.IsUp ?? Goal > From;

    public bool IsLowering => Size is { } size ? !size.IsUp : Goal < From;
}
