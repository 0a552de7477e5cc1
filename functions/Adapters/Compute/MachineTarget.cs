using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>
/// Virtual machines: a capacity of 1 is running, of 0 is deallocated. Both are operations without a body and a precondition, so
/// the read just before stands in for one; repeating either changes nothing.
/// </summary>
internal sealed class MachineTarget(ArmPipelines arm, ArmWriter writer, ArmOperations operations) : ITargetKind
{
    public const string Type = "Microsoft.Compute/virtualMachines";

    private const string Start = "start";
    private const string Deallocate = "deallocate";

    public bool Serves(string resourceType) => string.Equals(Type, resourceType, StringComparison.OrdinalIgnoreCase);

    public string ActionFor(TargetId target, bool isRaise) => $"{Type}/{(isRaise ? Start : Deallocate)}/action";

    /// <remarks>Azure counts cores of deallocated machines as in use: learn.microsoft.com/azure/virtual-machines/quotas.</remarks>
    public bool TakesQuota => false;

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        var (machine, other) = await ReadAsync(arm.Reads, target, cancellationToken).ConfigureAwait(false);
        return machine is not null
            ? new CapacityReading.Read(machine.Capacity, machine.Size, machine.Version, machine.IsUpdating, at)
            : other is BodyReading.Gone ? new CapacityReading.Gone(at) : new CapacityReading.Unreadable(Why(other!), at);
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

        var (machine, other) = await ReadAsync(arm.ReadsOnce, write.Target, cancellationToken).ConfigureAwait(false);
        if (machine is null)
        {
            return other is BodyReading.Gone
                ? new WriteResult.Rejected(FailureClass.Invalid, "ResourceNotFound", "the machine does not exist any more")
                : new WriteResult.Rejected((other as BodyReading.Refused)?.Error.Class ?? FailureClass.Other, "MachineUnreadable", $"nothing was sent: {Why(other!)}");
        }

        return !machine.Owner.LeavesItToUs ? new WriteResult.Rejected(FailureClass.Other, "MachineLeftAlone", $"nothing was sent: {machine.Owner.Why}")
            : machine.Version != write.IfMatch || machine.IsUpdating ? new WriteResult.Stale()
            : await writer.PostAsync(
                write.Target, write.Goal == 1 ? Start : Deallocate, ApiVersions.Machines, cancellationToken).ConfigureAwait(false);
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    public async Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken) =>
        await ReadAsync(arm.Reads, target, cancellationToken).ConfigureAwait(false) switch
        {
            ({ } machine, _) => new InstancesReading.Read(machine.IsRunning ? 1 : 0, machine.Capacity),
            (_, var other) => new InstancesReading.Unreadable(Why(other!)),
        };

    private async Task<(MachineAnswer? Machine, BodyReading? Other)> ReadAsync(HttpPipeline pipeline, TargetId target, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, ApiVersions.Machines));
        address.Query = $"{address.Query.TrimStart('?')}&$expand=instanceView";
        var reading = await BodyReader.ReadAsync(pipeline, address.Uri, cancellationToken).ConfigureAwait(false);
        if (reading is not BodyReading.Found { Body: var body })
        {
            return (null, reading);
        }

        try
        {
            using var document = JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);
            return MachineAnswer.Read(document.RootElement, document.RootElement, out var problem) is not { } machine ? (null, new BodyReading.Unreadable(problem))
                : machine.Id != target ? (null, new BodyReading.Unreadable("the answer is about another resource"))
                : (machine, null);
        }
        catch (JsonException exception)
        {
            return (null, new BodyReading.Unreadable(AzureFaults.Describe(exception)));
        }
    }

    private static string Why(BodyReading reading) => reading switch
    {
        BodyReading.Gone => "the machine does not exist any more",
        BodyReading.Refused refused => refused.Error.Describe(),
        BodyReading.Unreadable unreadable => unreadable.Reason,
        _ => throw new InvalidOperationException($"a machine cannot be read as {reading.GetType().Name}"),
    };
}
