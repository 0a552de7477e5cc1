using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes a scale set, and its instance view, as Compute does.</summary>
internal static class ScaleSetJson
{
    public static void Write(Utf8JsonWriter writer, ResourceView view, ScaleSetShape shape)
    {
        var spec = view.Spec;
        writer.WriteStartObject();
        writer.WriteString("name", spec.Id.Name);
        writer.WriteString("id", spec.Id.Value);
        writer.WriteString("type", "Microsoft.Compute/virtualMachineScaleSets");
        writer.WriteString("location", spec.Region);
        if (shape.HasTags)
        {
            writer.WriteStartObject("tags");
            foreach (var (name, value) in spec.Tags)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        if (shape.HasETag)
        {
            writer.WriteString("etag", view.ETag);
        }

        var set = (ScaleSetSpec)spec;
        if (set.HasModel)
        {
            writer.WriteStartObject("sku");
            writer.WriteString("name", set.MixedSizes.Count > 0 ? "Mix" : view.Size);
            if (set.MixedSizes.Count == 0)
            {
                writer.WriteString("tier", "Standard");
            }

            writer.WriteNumber("capacity", shape.Capacity ?? view.Capacity);
            writer.WriteEndObject();
        }

        var zones = set.Zones;
        if (zones.Count > 0)
        {
            writer.WriteStartArray("zones");
            foreach (var zone in zones)
            {
                writer.WriteStringValue(zone);
            }

            writer.WriteEndArray();
        }

        WriteProperties(writer, view);
        writer.WriteEndObject();
    }

    public static void WriteInstanceView(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("virtualMachine");
        writer.WriteStartArray("statusesSummary");
        WriteCount(writer, "ProvisioningState/succeeded", view.Ready);
        WriteCount(writer, "ProvisioningState/creating", view.Booting);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("statuses");
        writer.WriteStartObject();
        writer.WriteString("code", $"ProvisioningState/{view.ProvisioningState.ToLowerInvariant()}");
        writer.WriteString("level", view.ProvisioningState == ProvisioningStates.Failed ? "Error" : "Info");
        writer.WriteString("displayStatus", $"Provisioning {view.ProvisioningState.ToLowerInvariant()}");
        writer.WriteString("time", view.ChangedAt);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteStartObject("properties");
        var set = (ScaleSetSpec)view.Spec;
        writer.WriteBoolean("singlePlacementGroup", false);
        writer.WriteString("orchestrationMode", set.Orchestration);
        writer.WriteStartObject("upgradePolicy");
        writer.WriteString("mode", set.UpgradeMode);
        writer.WriteEndObject();
        if (set.HasModel)
        {
            ScaleSetProfileJson.Write(writer, set);
        }

        if (set.MixedSizes.Count > 0)
        {
            WriteMix(writer, set.MixedSizes);
        }

        writer.WriteString("provisioningState", view.ProvisioningState);
        writer.WriteBoolean("overprovision", false);
        writer.WriteNumber("platformFaultDomainCount", ((ScaleSetSpec)view.Spec).Zones.Count > 0 ? 1 : 5);
        writer.WriteString("uniqueId", view.UniqueId);
        writer.WriteString("timeCreated", view.CreatedAt);
        writer.WriteEndObject();
    }

    /// <summary>A size that a scale set can have, and how many of it.</summary>
    public static void WriteSize(Utf8JsonWriter writer, MachineSize size, string present)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", "Microsoft.Compute/virtualMachineScaleSets");
        writer.WriteStartObject("sku");
        writer.WriteString("name", size.Name);
        writer.WriteString("tier", "Standard");
        writer.WriteEndObject();
        writer.WriteStartObject("capacity");
        writer.WriteNumber("minimum", 0);
        writer.WriteNumber("maximum", 1000);
        writer.WriteNumber("defaultCapacity", size.Name == present ? 1 : 2);
        writer.WriteString("scaleType", "Automatic");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteRollOut(Utf8JsonWriter writer, ResourceView view, RollOut rollOut)
    {
        var (done, under, pending, failed) = rollOut.Progress;
        writer.WriteStartObject();
        writer.WriteString("id", $"{view.Spec.Id}/rollingUpgrades/latest");
        writer.WriteString("name", "latest");
        writer.WriteString("type", "Microsoft.Compute/virtualMachineScaleSets/rollingUpgrades");
        writer.WriteString("location", view.Spec.Region);
        writer.WriteStartObject("properties");
        writer.WriteStartObject("runningStatus");
        writer.WriteString("code", !rollOut.IsOver ? "RollingForward" : rollOut.Failure is null ? "Completed" : "Faulted");
        writer.WriteString("lastAction", "Start");
        writer.WriteEndObject();
        writer.WriteStartObject("progress");
        writer.WriteNumber("successfulInstanceCount", done);
        writer.WriteNumber("failedInstanceCount", failed);
        writer.WriteNumber("inProgressInstanceCount", under);
        writer.WriteNumber("pendingInstanceCount", pending);
        writer.WriteEndObject();
        if (rollOut.Failure is { } failure)
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", failure.Code);
            writer.WriteString("message", failure.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteMix(Utf8JsonWriter writer, IReadOnlyList<string> sizes)
    {
        writer.WriteStartObject("skuProfile");
        writer.WriteStartArray("vmSizes");
        foreach (var size in sizes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", size);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("allocationStrategy", "CapacityOptimized");
        writer.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter writer, string code, int count)
    {
        if (count > 0)
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        }
    }
}
