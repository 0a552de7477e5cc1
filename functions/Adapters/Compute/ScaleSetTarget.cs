using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Adapters.Limits;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>Virtual machine scale sets: typed reads, and writes of the capacity, and the size where one is asked for, alone.</summary>
internal sealed class ScaleSetTarget(ArmPipelines arm, ArmWriter writer, ArmOperations operations) : ISizedKind
{
    private const string StateCode = "ProvisioningState/";
    private const string Upgrade = "manualupgrade";

    /// <summary>As known before a plan; the write itself asks anew. What fell out of use is read once more, some hours later, and no harm.</summary>
    private readonly ConcurrentDictionary<TargetId, DatedReading<PlatformBound>> _least = new();

    public IReadOnlyList<string> SizeActions(TargetId target) => [$"{target.ResourceType}/write", $"{target.ResourceType}/manualUpgrade/action"];

    public bool Serves(string resourceType) =>
        string.Equals(VirtualMachineScaleSetResource.ResourceType.ToString(), resourceType, StringComparison.OrdinalIgnoreCase);

    public async Task<CapacityReading> ReadAsync(TargetId target, CancellationToken cancellationToken)
    {
        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        try
        {
            var response = await Resource(target).GetAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return Validate(target, response, at);
        }
        catch (RequestFailedException exception) when (IsGone(exception))
        {
            return new CapacityReading.Gone(at);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new CapacityReading.Unreadable(AzureFaults.Describe(exception), at);
        }
    }

    public async Task<WriteResult> WriteAsync(CapacityWrite write, CancellationToken cancellationToken)
    {
        // "*" would match whatever is there: no precondition at all.
        if (!IsVersion(write.IfMatch))
        {
            throw new ArgumentException($"A write to {write.Target} needs the ETag of the read it was computed from", nameof(write));
        }

        if (write.Goal is < 0 or > ScaleSetAnswer.LargestCapacity)
        {
            throw new ArgumentException($"A scale set cannot have {write.Goal} instances", nameof(write));
        }

        if (write.Goal < write.From)
        {
            var (kept, problem) = await ScaleSetProtection.CountAsync(arm, write.Target, arm.WriterReadsOnce, cancellationToken).ConfigureAwait(false);
            if (kept is null || write.Goal < kept)
            {
                return new WriteResult.Rejected(FailureClass.Invalid, "ProtectedInstances", kept is null
                    ? $"nothing was sent: whether instances are protected from scale-in could not be read: {problem}"
                    : $"nothing was sent: {kept} of its instances are protected from scale-in");
            }
        }

        if (write.Size is not null && await WhyNotResizeAsync(write.Target, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return new WriteResult.Rejected(FailureClass.Invalid, "SizeLeftAlone", $"nothing was sent: {reason}");
        }

        // Nothing else may stand in the body: the permission to write a scale set is the permission to run code on it.
        var name = write.Size is { } size ? $"\"name\":{SizeName.Quoted(size)}," : "";
        var body = BinaryData.FromString($$$"""{"sku":{{{{name}}}"capacity":{{{write.Goal}}}}}""");
        return await writer.PatchAsync(write.Target, ApiVersions.ScaleSets, write.IfMatch, body, cancellationToken).ConfigureAwait(false);
    }

    public Task<SizeReading> ReadSizeAsync(TargetId target, CancellationToken cancellationToken) =>
        ScaleSetSizes.ReadAsync(arm, target, cancellationToken);

    public async Task<WriteResult> UpgradeAsync(InstanceUpgrade upgrade, CancellationToken cancellationToken)
    {
        // Azure takes "*" for all of them at once, and so may it take none; each has to be named.
        if (upgrade.Instances.Count is 0 or > ScaleSetAnswer.LargestCapacity || !upgrade.Instances.All(SizeName.IsName))
        {
            return new WriteResult.Rejected(FailureClass.Invalid, "InstancesNotNamed", "nothing was sent: an upgrade names each of its instances");
        }

        var ids = string.Join(',', upgrade.Instances.Distinct(StringComparer.Ordinal).Select(SizeName.Quoted));
        var body = BinaryData.FromString($$$"""{"instanceIds":[{{{ids}}}]}""");
        return await writer.PostAsync(upgrade.Target, Upgrade, ApiVersions.ScaleSets, body, cancellationToken).ConfigureAwait(false);
    }

    public Task<OperationReading> ReadOperationAsync(Uri operation, CancellationToken cancellationToken) =>
        operations.ReadAsync(operation, cancellationToken);

    public async Task<InstancesReading> ReadInstancesAsync(TargetId target, CancellationToken cancellationToken)
    {
        try
        {
            var response = await Resource(target).GetInstanceViewAsync(cancellationToken).ConfigureAwait(false);
            return HasSummary(response.GetRawResponse())
                ? Count(response.Value.VirtualMachineStatusesSummary)
                : new InstancesReading.Unreadable("the answer counts no instances");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new InstancesReading.Unreadable(AzureFaults.Describe(exception));
        }
    }

    // A mix has a name of a size that is none, and would lose what it is.
    private async Task<string?> WhyNotResizeAsync(TargetId target, CancellationToken cancellationToken)
    {
        var (model, problem) = await ScaleSetSizes.ReadModelAsync(arm, arm.ReadsOnce, target, cancellationToken).ConfigureAwait(false);
        return model is null ? problem : null;
    }

    public Task<FactReading<PlatformBound>> ReadLeastAsync(TargetId target, CancellationToken cancellationToken) =>
        _least.GetOrAdd(target, _ => new(arm.Connection.Time)).GetAsync(
            async token =>
            {
                var (kept, problem) = await ScaleSetProtection.CountAsync(arm, target, arm.WriterReads, token).ConfigureAwait(false);
                return kept is { } count
                    ? Reading<PlatformBound>.Of(new PlatformBound(count, "a scale set whose instances are protected from scale-in"))
                    : Reading<PlatformBound>.Failed(problem);
            },
            cancellationToken);

    private VirtualMachineScaleSetResource Resource(TargetId target) =>
        arm.Client.GetVirtualMachineScaleSetResource(new ResourceIdentifier(target.Value));

    private static CapacityReading Validate(TargetId target, Response<VirtualMachineScaleSetResource> response, DateTimeOffset at)
    {
        var data = response.Value.Data;
        if (!TargetId.TryParse(data.Id?.ToString(), out var id) || id != target)
        {
            return new CapacityReading.Unreadable("the answer is about another resource", at);
        }

        if (ScaleSetAnswer.Read(data, out var problem) is not { } answer)
        {
            return new CapacityReading.Unreadable(problem, at);
        }

        if (answer.LeftAlone is { } reason)
        {
            return new CapacityReading.Unreadable($"left alone: {reason}", at);
        }

        return ETagOf(response.GetRawResponse()) is { } etag
            ? new CapacityReading.Read(answer.Capacity, answer.Sku, etag, answer.IsUpdating, at)
            : new CapacityReading.Unreadable("it has no ETag to write against", at);
    }

    // The SDK's model drops the field.
    private static string? ETagOf(Response response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return document.RootElement.TryGetProperty("etag", out var etag) && etag.ValueKind == JsonValueKind.String && IsVersion(etag.GetString()!)
            ? etag.GetString()
            : null;
    }

    private static bool IsVersion(string etag) => etag.Length is > 0 and <= 256 && etag != "*" && etag.All(letter => letter is > ' ' and <= '~');

    // 404 alone could also be a wrong address or a subscription we may not see.
    private static bool IsGone(RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode is "ResourceNotFound" or "ResourceGroupNotFound";

    // The SDK's model makes an empty list of a missing one: "no instances" of "do not know".
    private static bool HasSummary(Response response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("virtualMachine", out var machines) && machines.ValueKind == JsonValueKind.Object
            && machines.TryGetProperty("statusesSummary", out var summary) && summary.ValueKind == JsonValueKind.Array;
    }

    private static InstancesReading Count(IReadOnlyList<VirtualMachineStatusCodeCount> summary)
    {
        var states = summary.Where(item => item.Code?.StartsWith(StateCode, StringComparison.OrdinalIgnoreCase) is true).ToList();
        if (states.Any(item => item.Count is null or < 0 or > ScaleSetAnswer.LargestCapacity))
        {
            return new InstancesReading.Unreadable("the answer counts instances impossibly");
        }

        var ready = states.Where(item => string.Equals(item.Code, $"{StateCode}succeeded", StringComparison.OrdinalIgnoreCase));
        var failed = states.Where(item => string.Equals(item.Code, $"{StateCode}failed", StringComparison.OrdinalIgnoreCase));
        return new InstancesReading.Read(ready.Sum(item => item.Count!.Value), states.Sum(item => item.Count!.Value))
        {
            Failed = failed.Sum(item => item.Count!.Value),
        };
    }
}
