using System.Text.Json;
using Azure;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Resources;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Lists the scale sets of a subscription.</summary>
internal sealed class ScaleSetList(ArmPipelines arm) : ITargetList
{
    public string ResourceType => VirtualMachineScaleSetResource.ResourceType.ToString();

    public async Task ReadAsync(TargetListing listing, CancellationToken cancellationToken)
    {
        var resource = arm.Client.GetSubscriptionResource(SubscriptionResource.CreateResourceIdentifier(listing.Subscription));
        var at = arm.Connection.Time.GetUtcNow();
        await foreach (var page in resource.GetVirtualMachineScaleSetsAsync(cancellationToken).AsPages().ConfigureAwait(false))
        {
            if (page.Values.Count == 0 && !HasList(page.GetRawResponse()))
            {
                listing.Fail("a page has no list");
                return;
            }

            foreach (var scaleSet in page.Values)
            {
                Add(listing, scaleSet.Data, at);
            }

            at = arm.Connection.Time.GetUtcNow();
        }
    }

    // The SDK reads a page without a list as an empty one, and an inventory without it as complete.
    private static bool HasList(Response response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array;
    }

    private void Add(TargetListing listing, VirtualMachineScaleSetData data, DateTimeOffset at)
    {
        var problem = "it has no readable id or region";
        if (!TargetId.TryParse(data.Id?.ToString(), out var id)
            || !string.Equals(id.ResourceType, ResourceType, StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(data.Location.Name)
            || ScaleSetAnswer.Read(data, out problem) is not { } answer)
        {
            listing.LeaveOut(data.Id?.ToString() ?? "a scale set", problem);
            return;
        }

        var target = new ObservedTarget
        {
            Id = id,
            Region = data.Location.Name.ToLowerInvariant(),
            Sku = answer.Sku,
            Capacity = answer.Capacity,
            IsUpdating = answer.IsUpdating,
            Zones = data.Zones.Distinct(StringComparer.Ordinal).Count(),
            ZoneNames = [.. data.Zones.Distinct(StringComparer.Ordinal)],
            Billing = ScaleSetBilling.Of(data.VirtualMachineProfile),
            Remark = answer.Remark,
            Tags = Tags(data.Tags),
            ReadAt = at,
        };
        if (answer.LeftAlone is { } reason)
        {
            listing.LeftAlone.Add(target with { Owner = new CapacityOwner(OwnerKind.Platform, "Azure", reason) });
            return;
        }

        listing.Targets.Add(target);
    }

    // Azure takes tag names that differ in case only for one name.
    private static TargetTags.Known Tags(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in tags)
        {
            values[name] = value ?? "";
        }

        return new TargetTags.Known(values);
    }
}
