using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>
/// Reads the size of a plan and those it can have. Azure tells neither of one instance after the other nor of their health, so the
/// plan stands for all of them.
/// </summary>
internal static class PlanSizes
{
    public static async Task<SizeReading> ReadAsync(ArmPipelines arm, TargetId target, CancellationToken cancellationToken) =>
        await new PlanReader(arm).ReadAsync(arm.Reads, target, cancellationToken).ConfigureAwait(false) switch
        {
            PlanReading.Found { Plan.LeftAlone: { } reason } => new SizeReading.Unreadable($"left alone: {reason}"),
            PlanReading.Found { Plan: var plan } => await ReadAsync(arm, plan, cancellationToken).ConfigureAwait(false),
            PlanReading.Gone => new SizeReading.Unreadable("the plan does not exist any more"),
            PlanReading.Refused refused => new SizeReading.Unreadable(refused.Error.Describe()),
            PlanReading.Unreadable unreadable => new SizeReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a plan cannot be read as {other.GetType().Name}"),
        };

    private static async Task<SizeReading> ReadAsync(ArmPipelines arm, PlanAnswer plan, CancellationToken cancellationToken)
    {
        var (offers, _) = await PlanOffers.ReadAsync(arm, arm.Reads, plan.Id, cancellationToken).ConfigureAwait(false);
        var instance = new SizedInstance(plan.Id.Name, plan.Sku, !plan.IsUpdating, InstanceHealth.Unknown, plan.IsReady);
        return new SizeReading.Read(plan.Sku, RollOutMode.ByResource, [instance], new SizeNeeds
        {
            Offered = offers?.Where(plan.Takes).Where(plan.HasRoomIn).Select(offer => offer.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
        })
        {
            StandsFor = plan.Capacity,
            IsUpdating = plan.IsUpdating,
            HasFailed = plan.HasFailed,
            IsJudgedByGuard = true,
            ReplacesBeforehand = true,
        };
    }
}
