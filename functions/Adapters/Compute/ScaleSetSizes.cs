using System.Text.Json;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Compute;

/// <summary>Reads the size of a scale set, that of each of its instances, and the sizes it can have: three lists of Compute.</summary>
internal static class ScaleSetSizes
{
    public static async Task<SizeReading> ReadAsync(ArmPipelines arm, TargetId target, CancellationToken cancellationToken)
    {
        var (model, problem) = await ReadModelAsync(arm, arm.Reads, target, cancellationToken).ConfigureAwait(false);
        if (model is null)
        {
            return new SizeReading.Unreadable(problem);
        }

        var (instances, fault) = await ReadInstancesAsync(arm, target, cancellationToken).ConfigureAwait(false);
        return instances is null ? new SizeReading.Unreadable(fault)
            : new SizeReading.Read(model.Size, model.Mode, instances, model.Needs with
            {
                Offered = await OfferedSizes.ReadAsync(
                    arm, target, "skus", ApiVersions.ScaleSets, entry => BodyPath.Text(entry, "sku.name"), cancellationToken).ConfigureAwait(false),
            })
            {
                IsUpdating = model.IsUpdating,
            };
    }

    /// <summary>The model; or nothing, and why.</summary>
    public static async Task<(ScaleSetModel? Model, string Problem)> ReadModelAsync(
        ArmPipelines arm, HttpPipeline pipeline, TargetId target, CancellationToken cancellationToken)
    {
        var address = ResourceAddress.Of(arm.Connection, target, ApiVersions.ScaleSets);
        switch (await BodyReader.ReadAsync(pipeline, address, cancellationToken).ConfigureAwait(false))
        {
            case BodyReading.Found found:
                return Parse(target, found.Body);
            case BodyReading.Refused refused:
                return (null, refused.Error.Describe());
            case BodyReading.Unreadable unreadable:
                return (null, unreadable.Reason);
            default:
                return (null, "the scale set does not exist any more");
        }
    }

    private static (ScaleSetModel? Model, string Problem) Parse(TargetId target, BinaryData body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToMemory(), JsonVersion.Strict);
            return (ScaleSetModel.Read(target, document.RootElement, out var problem), problem);
        }
        catch (JsonException exception)
        {
            return (null, AzureFaults.Describe(exception));
        }
    }

    private static async Task<(IReadOnlyList<SizedInstance>? Instances, string Problem)> ReadInstancesAsync(
        ArmPipelines arm, TargetId target, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, target, ApiVersions.ScaleSets));
        address.Path = $"{address.Path}/virtualMachines";
        address.Query = $"{address.Query.TrimStart('?')}&$expand=instanceView";
        var instances = new List<SizedInstance>();
        var untold = 0;
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm,
                address.Uri,
                "instances",
                (element, _) =>
                {
                    if (InstanceOf(element) is { } instance)
                    {
                        instances.Add(instance);
                        return;
                    }

                    untold++;
                },
                cancellationToken).ConfigureAwait(false);
            return problem is not null ? (null, problem)
                : untold > 0 ? (null, $"{untold} of its instances do not tell whether they are as the scale set says")
                : (instances, "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return (null, AzureFaults.Describe(exception));
        }
    }

    private static SizedInstance? InstanceOf(JsonElement instance)
    {
        var isLatest = BodyPath.Text(instance, "properties.latestModelApplied");
        if (BodyPath.Text(instance, "instanceId") is not { Length: > 0 } id || isLatest is not ("true" or "false"))
        {
            return null;
        }

        var view = BodyPath.Find(instance, "properties.instanceView") ?? default;
        var isProvisioned = string.Equals(BodyPath.Text(instance, "properties.provisioningState"), "Succeeded", StringComparison.OrdinalIgnoreCase);
        return new SizedInstance(
            id, BodyPath.Text(instance, "sku.name"), isLatest == "true", HealthStates.OfApplication(view),
            isProvisioned && HealthStates.Has(view, "statuses", "PowerState/running"));
    }
}
