using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>Azure's own autoscale in one subscription.</summary>
/// <param name="ByTarget">Resources that it scales.</param>
/// <param name="Problem">Why there may be more; absent when these are all.</param>
internal sealed record SubscriptionAutoscale(IReadOnlyDictionary<TargetId, NativeAutoscale> ByTarget, string? Problem)
{
    /// <summary>That of a resource; null when there is none.</summary>
    public NativeAutoscale? Of(TargetId target) =>
        ByTarget.GetValueOrDefault(target) ?? (Problem is { } problem ? new NativeAutoscale.Unread(problem) : null);
}
