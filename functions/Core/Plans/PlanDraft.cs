using ScaleFunctions.Core.Decisions.Scaling;

namespace ScaleFunctions.Core.Plans;

/// <summary>A change on its way through the guards.</summary>
public sealed record PlanDraft(ScalingDecision Decision, int Goal)
{
    public int From => Decision.Current;

    public bool IsRaise => Goal > From;

    public bool IsLowering => Goal < From;
}
