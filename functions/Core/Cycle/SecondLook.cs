using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Believes the count of a resource that we never changed only once two looks, a tick apart, agree on it: nothing else is known to hold
/// the number against. Azure has been seen to tell a wrong one once (kubernetes/autoscaler#9488). What it told after a change of ours is
/// held against that.
/// </summary>
internal static class SecondLook
{
    /// <summary>Why a lowering has to wait; nothing when it may be made.</summary>
    /// <param name="row">The target's row, with what was seen now.</param>
    /// <param name="target">The target as it was seen now.</param>
    /// <param name="permits">Which lowerings may be carried out.</param>
    public static string? WhyNot(TargetRow row, ObservedTarget target, LoweringPermits permits) =>
        permits is LoweringPermits.Judged && row.Epoch == 0 && row.LastKnownAt == target.ReadAt
            ? $"{target.Capacity} instances were seen here for the first time; lowered once a second look, a tick later, agrees"
            : null;
}
