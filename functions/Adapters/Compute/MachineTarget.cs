using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>
/// Virtual machines: a capacity of 1 is running, of 0 is deallocated. Both are operations without a body and a precondition, so
/// the read just before stands in for one; repeating either changes nothing. Another size is a PATCH of nothing else; Azure
/// restarts a machine that runs for it.
/// </summary>
internal sealed class MachineTarget(ArmPipelines arm, ArmWriter writer, ArmOperations operations) : ISizedKind
{
    public const string Type = "Microsoft.Compute/virtualMachines";

    private const string Start = "start";
    private const string Deallocate = "deallocate";

    public bool Serves(string resourceType) => string.Equals(Type, resourceType, StringComparison.OrdinalIgnoreCase);

    public string ActionFor(TargetId target, bool isRaise) => $"{Type}/{(isRaise ? Start : Deallocate)}/action";

    /// <summary>A machine that may have to be stopped for a size is only touched by who may start it again.</summary>
    public IReadOnlyList<string> SizeActions(TargetId target) => [$"{Type}/write", $"{Type}/{Deallocate}/action", $"{Type}/{Start}/action"];

    /// <remarks>Azure counts cores of deallocated machines as in use: learn.microsoft.com/azure/virtual-machines/quotas.</remarks>
    public bool TakesQuota => false;

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        var (machine, other) = await MachineReader.ReadAsync(arm, arm.Reads, target, cancellationToken).ConfigureAwait(false);
        return machine is not null
            ? new CapacityReading.Read(machine.Capacity, machine.Size, machine.Version, machine.IsUpdating, at)
            : other is BodyReading.Gone ? new CapacityReading.Gone(at) : new CapacityReading.Unreadable(MachineReader.Why(other!), at);
    }

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        if (!JsonVersion.IsVersion(write.IfMatch))
        {
            throw new ArgumentException($"A write to {write.Target} needs the version of the read it was computed from", nameof(write));
        }

        if (write.Goal is not (0 or 1))
        {
            throw new ArgumentException($"A virtual machine cannot be {write.Goal}", nameof(write));
        }

        if (write.Size is { } wanted && !SizeName.IsName(wanted))
        {
            throw new ArgumentException($"'{wanted}' is no name of a size", nameof(write));
        }

        var (machine, other) = await MachineReader.ReadAsync(arm, arm.ReadsOnce, write.Target, cancellationToken).ConfigureAwait(false);
        if (machine is null)
        {
            return other is BodyReading.Gone
                ? new WriteResult.Rejected(FailureClass.Invalid, "ResourceNotFound", "the machine does not exist any more")
                : new WriteResult.Rejected((other as BodyReading.Refused)?.Error.Class ?? FailureClass.Other, "MachineUnreadable", $"nothing was sent: {MachineReader.Why(other!)}");
        }

        return !machine.Owner.LeavesItToUs ? new WriteResult.Rejected(FailureClass.Other, "MachineLeftAlone", $"nothing was sent: {machine.Owner.Why}")
            : machine.Version != write.IfMatch || machine.IsUpdating ? new WriteResult.Stale()
            : write.Size is { } size ? await ResizeAsync(write, machine, size, cancellationToken).ConfigureAwait(false)
            : await writer.PostAsync(
                write.Target, write.Goal == 1 ? Start : Deallocate, ApiVersions.Machines, cancellationToken).ConfigureAwait(false);
    }

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) =>
        MachineSizes.ReadAsync(arm, target, cancellationToken);

    /// <summary>A machine is its only instance: there is nothing to bring up to it.</summary>
    public Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken) =>
        Task.FromResult<WriteResult>(new WriteResult.Rejected(FailureClass.Invalid, "NothingToUpgrade", "nothing was sent: a machine has its size at once"));

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    public async Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        await MachineReader.ReadAsync(arm, arm.Reads, target, cancellationToken).ConfigureAwait(false) switch
        {
            ({ } machine, _) => new InstancesReading.Read(machine.IsRunning ? 1 : 0, machine.Capacity),
            (_, var other) => new InstancesReading.Unreadable(MachineReader.Why(other!)),
        };

    /// <summary>A resize is one thing: whoever also wants to start or stop the machine does that by itself.</summary>
    private async Task<WriteResult> ResizeAsync(CapacityWrite write, MachineAnswer machine, string size, CancellationToken cancellationToken)
    {
        if (write.Goal != machine.Capacity)
        {
            return new WriteResult.Rejected(FailureClass.Invalid, "SizeAlone", "nothing was sent: a machine is not resized and started or stopped in one");
        }

        var body = BinaryData.FromString($$$$"""{"properties":{"hardwareProfile":{"vmSize":{{{{SizeName.Quoted(size)}}}}}}}""");
        return await writer.PatchAsync(write.Target, ApiVersions.Machines, machine.ETag, body, cancellationToken).ConfigureAwait(false);
    }
}
