using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

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
            writer.WriteString("name", set.MixedSizes.Count > 0 ? "Mix" : spec.Sku);
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
            WriteProfile(writer, set);
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

    /// <summary>One instance of the scale set, with what protects it.</summary>
    public static void WriteInstance(Utf8JsonWriter writer, ResourceView view, int number)
    {
        writer.WriteStartObject();
        writer.WriteString("name", $"{view.Spec.Id.Name}_{number}");
        writer.WriteString("instanceId", $"{number}");
        writer.WriteString("id", $"{view.Spec.Id}/virtualMachines/{number}");
        writer.WriteString("type", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines");
        writer.WriteString("location", view.Spec.Region);
        writer.WriteStartObject("properties");
        writer.WriteString("provisioningState", number < view.Ready ? "Succeeded" : "Creating");
        if (number < ((ScaleSetSpec)view.Spec).ProtectedInstances)
        {
            writer.WriteStartObject("protectionPolicy");
            writer.WriteBoolean("protectFromScaleIn", true);
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

    private static void WriteProfile(Utf8JsonWriter writer, ScaleSetSpec spec)
    {
        writer.WriteStartObject("virtualMachineProfile");
        writer.WriteStartObject("osProfile");
        writer.WriteString("computerNamePrefix", spec.Id.Name);
        writer.WriteString("adminUsername", "operator");
        writer.WriteEndObject();
        writer.WriteStartObject("storageProfile");
        writer.WriteStartObject("osDisk");
        writer.WriteString("osType", spec.OperatingSystem);
        writer.WriteString("createOption", "FromImage");
        writer.WriteString("caching", "ReadWrite");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("priority", spec.Priority);
        if (spec.License is { } license)
        {
            writer.WriteString("licenseType", license);
        }

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
