using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>A lowering that one evaluation would make. It is carried out by the next tick, together with the others, if all of them fit.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Region">Its region.</param>
/// <param name="From">Instances there are.</param>
/// <param name="Goal">Instances that would do.</param>
/// <param name="IsExpected">Whether the load has fallen gradually, so that the lowering surprises nobody.</param>
public sealed record LoweringProposal(TargetId Target, string Region, int From, int Goal, bool IsExpected)
{
    /// <summary>Instances it will come to in the end, where this is only the first step; absent where it is not.</summary>
    public int? Desired { get; init; }

    /// <summary>Percent of the instances of a part of the fleet that may be gone within an hour, this lowering included; as usual when absent.</summary>
    public int? HourlyPercent { get; init; }

    /// <summary>The fewest instances that are meant.</summary>
    public int Least => Math.Min(Goal, Desired ?? Goal);
}
