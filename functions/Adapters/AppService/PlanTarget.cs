using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>
/// App Service plans. The body of their PATCH has no size, so a change is read, edit and PUT of the whole plan; there is no ETag
/// either, so the read just before the write stands in for a precondition.
/// </summary>
internal sealed class PlanTarget(ArmPipelines arm, ArmWriter writer, ArmOperations operations) : ISizedKind
{
    public const string Type = "Microsoft.Web/serverfarms";

    private readonly PlanReader _reader = new(arm);

    public bool Serves(string resourceType) => string.Equals(Type, resourceType, StringComparison.OrdinalIgnoreCase);

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        return await _reader.ReadAsync(arm.Reads, target, cancellationToken).ConfigureAwait(false) switch
        {
            PlanReading.Found { Plan: var plan } => new CapacityReading.Read(plan.Capacity, plan.Sku, plan.Version, plan.IsUpdating, at),
            PlanReading.Gone => new CapacityReading.Gone(at),
            PlanReading.Refused refused => new CapacityReading.Unreadable(refused.Error.Describe(), at),
            PlanReading.Unreadable unreadable => new CapacityReading.Unreadable(unreadable.Reason, at),
            var other => throw new InvalidOperationException($"a plan cannot be read as {other.GetType().Name}"),
        };
    }

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        if (!PlanBody.IsVersion(write.IfMatch))
        {
            throw new ArgumentException($"A write to {write.Target} needs the version of the read it was computed from", nameof(write));
        }

        if (write.Goal is < 1 or > PlanAnswer.LargestCapacity)
        {
            throw new ArgumentException($"A plan cannot have {write.Goal} instances", nameof(write));
        }

        return await _reader.ReadAsync(arm.ReadsOnce, write.Target, cancellationToken).ConfigureAwait(false) switch
        {
            PlanReading.Found found => await WriteAsync(write, found, cancellationToken).ConfigureAwait(false),
            PlanReading.Gone => new WriteResult.Rejected(FailureClass.Invalid, "ResourceNotFound", "the plan does not exist any more"),
            PlanReading.Refused { Error: var error } => new WriteResult.Rejected(error.Class, error.Code, $"nothing was sent: {error.Message}"),
            PlanReading.Unreadable unreadable => Unsent("PlanUnreadable", unreadable.Reason),
            var other => throw new InvalidOperationException($"a plan cannot be read as {other.GetType().Name}"),
        };
    }

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) =>
        PlanSizes.ReadAsync(arm, target, cancellationToken);

    /// <summary>App Service replaces all instances of a plan by itself.</summary>
    public Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken) =>
        Task.FromResult<WriteResult>(Unsent("NothingToUpgrade", "App Service brings the instances of a plan to its size by itself", FailureClass.Invalid));

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    /// <remarks>Azure tells how many instances are assigned to a plan, not which of them serve yet.</remarks>
    public async Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        await _reader.ReadAsync(arm.Reads, target, cancellationToken).ConfigureAwait(false) switch
        {
            PlanReading.Found { Plan.Workers: { } workers and >= 0 and <= PlanAnswer.LargestCapacity, Plan.IsReady: var isReady } =>
                new InstancesReading.Read(isReady ? workers : 0, workers),
            PlanReading.Found => new InstancesReading.Unreadable("the answer counts no instances"),
            PlanReading.Gone => new InstancesReading.Unreadable("the plan does not exist any more"),
            PlanReading.Refused refused => new InstancesReading.Unreadable(refused.Error.Describe()),
            PlanReading.Unreadable unreadable => new InstancesReading.Unreadable(unreadable.Reason),
            var other => throw new InvalidOperationException($"a plan cannot be read as {other.GetType().Name}"),
        };

    private async Task<WriteResult> WriteAsync(CapacityWrite write, PlanReading.Found found, CancellationToken cancellationToken)
    {
        var (size, problem) = await SizeOfAsync(write, found.Plan, cancellationToken).ConfigureAwait(false);
        if ((problem ?? WhyNot(found.Plan, write.Goal, size)) is { } refusal)
        {
            return refusal;
        }

        if (found.Plan.Version != write.IfMatch || found.Plan.IsUpdating)
        {
            return new WriteResult.Stale();
        }

        if (write.Goal < write.From && found.Plan.ScalesByApp && await WhyNotByAppAsync(write, cancellationToken).ConfigureAwait(false) is { } app)
        {
            return app;
        }

        using var document = PlanBody.Parse(found.Body);
        var body = PlanBody.With(document.RootElement, write.Goal, size);
        return await writer.PutAsync(write.Target, ApiVersions.Plans, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The size asked for, with the tier it belongs to; nothing when none is asked for, or when it cannot be had.</summary>
    private async Task<(PlanOffer? Size, WriteResult.Rejected? Problem)> SizeOfAsync(CapacityWrite write, PlanAnswer plan, CancellationToken cancellationToken)
    {
        if (write.Size is not { } wanted || string.Equals(wanted, plan.Sku, StringComparison.OrdinalIgnoreCase))
        {
            return (null, null);
        }

        var (offers, problem) = await PlanOffers.ReadAsync(arm, arm.ReadsOnce, write.Target, cancellationToken).ConfigureAwait(false);
        return offers is null ? (null, Unsent("PlanSizes", $"the sizes the plan can have could not be read: {problem}"))
            : offers.FirstOrDefault(offer => string.Equals(offer.Name, wanted, StringComparison.OrdinalIgnoreCase)) is { } offer && plan.Takes(offer) ? (offer, null)
            : (null, Unsent("SkuNotAvailable", $"the plan cannot have the size {AzureFaults.OneLine(wanted)}", FailureClass.Capacity));
    }

    private async Task<WriteResult.Rejected?> WhyNotByAppAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        var (apps, problem) = await PlanApps.ReadAsync(arm, write.Target, cancellationToken).ConfigureAwait(false);
        return apps is null ? Unsent("PlanApps", $"on how many instances its apps are to run could not be read: {problem}")
            : write.Goal < apps.Workers ? Unsent("PlanApps", $"its app {apps.App} is to run on {apps.Workers} instances", FailureClass.Invalid)
            : null;
    }

    private static WriteResult.Rejected? WhyNot(PlanAnswer plan, int goal, PlanOffer? size) =>
        plan.LeftAlone is { } reason ? Unsent("PlanLeftAlone", reason)
        : goal > plan.MostOf(size) ? Unsent("PlanLimit", $"a plan of size {size?.Name ?? plan.Sku} has at most {plan.MostOf(size)} instances", FailureClass.Quota)
        : goal < plan.Least ? Unsent("PlanLimit", $"a plan over several zones has at least {plan.Least} instances", FailureClass.Invalid)
        : null;

    private static WriteResult.Rejected Unsent(string code, string reason, FailureClass failure = FailureClass.Other) =>
        new(failure, code, $"nothing was sent: {reason}");
}
