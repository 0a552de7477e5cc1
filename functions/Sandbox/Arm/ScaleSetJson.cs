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

    /// <summary>One instance of the scale set, with what protects it and, when it is asked for, how it is.</summary>
    public static void WriteInstance(Utf8JsonWriter writer, ResourceView view, InstanceView instance, bool hasView)
    {
        var set = (ScaleSetSpec)view.Spec;
        writer.WriteStartObject();
        writer.WriteString("name", $"{view.Spec.Id.Name}_{instance.Number}");
        writer.WriteString("instanceId", $"{instance.Number}");
        writer.WriteString("id", $"{view.Spec.Id}/virtualMachines/{instance.Number}");
        writer.WriteString("type", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines");
        writer.WriteString("location", view.Spec.Region);
        writer.WriteStartObject("sku");
        writer.WriteString("name", instance.Size);
        writer.WriteString("tier", "Standard");
        writer.WriteEndObject();
        if (SizeFaults.ZoneOf(instance.Number, set.Zones) is { } zone)
        {
            writer.WriteStartArray("zones");
            writer.WriteStringValue(zone);
            writer.WriteEndArray();
        }

        writer.WriteStartObject("properties");
        writer.WriteBoolean("latestModelApplied", string.Equals(instance.Size, view.Size, StringComparison.OrdinalIgnoreCase));
        writer.WriteString("provisioningState", instance.IsReady ? "Succeeded" : "Creating");
        if (hasView)
        {
            WriteView(writer, set, instance);
        }

        if (instance.Number < set.ProtectedInstances)
        {
            writer.WriteStartObject("protectionPolicy");
            writer.WriteBoolean("protectFromScaleIn", true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
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

    private static void WriteView(Utf8JsonWriter writer, ScaleSetSpec set, InstanceView instance)
    {
        writer.WriteStartObject("instanceView");
        if (set.ReportsHealth && instance.IsReady)
        {
            writer.WriteStartObject("vmHealth");
            writer.WriteStartObject("status");
            writer.WriteString("code", instance.IsHealthy ? "HealthState/healthy" : "HealthState/unhealthy");
            writer.WriteString("level", instance.IsHealthy ? "Info" : "Error");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteStartArray("statuses");
        WriteCode(writer, instance.IsReady ? "ProvisioningState/succeeded" : "ProvisioningState/updating");
        WriteCode(writer, instance.IsReady ? "PowerState/running" : "PowerState/starting");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter writer, string code)
    {
        writer.WriteStartObject();
        writer.WriteString("code", code);
        writer.WriteString("level", "Info");
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
        writer.WriteString("caching", spec.EphemeralDiskGiB is null ? "ReadWrite" : "ReadOnly");
        WriteOnDisk(writer, spec);
        writer.WriteEndObject();
        WriteDataDisks(writer, spec);
        writer.WriteEndObject();
        WriteNetwork(writer, spec);
        writer.WriteString("priority", spec.Priority);
        if (spec.License is { } license)
        {
            writer.WriteString("licenseType", license);
        }

        writer.WriteEndObject();
    }

    private static void WriteOnDisk(Utf8JsonWriter writer, ScaleSetSpec spec)
    {
        if (spec.EphemeralDiskGiB is { } size)
        {
            writer.WriteNumber("diskSizeGB", size);
            writer.WriteStartObject("diffDiskSettings");
            writer.WriteString("option", "Local");
            writer.WriteEndObject();
        }

        WriteManaged(writer, spec.EphemeralDiskGiB is null && spec.HasPremiumDisks);
    }

    private static void WriteDataDisks(Utf8JsonWriter writer, ScaleSetSpec spec)
    {
        writer.WriteStartArray("dataDisks");
        for (var number = 0; number < spec.DataDisks; number++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lun", number);
            writer.WriteString("createOption", "Empty");
            writer.WriteNumber("diskSizeGB", 64);
            WriteManaged(writer, spec.HasPremiumDisks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteManaged(Utf8JsonWriter writer, bool isPremium)
    {
        writer.WriteStartObject("managedDisk");
        writer.WriteString("storageAccountType", isPremium ? "Premium_LRS" : "StandardSSD_LRS");
        writer.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter writer, ScaleSetSpec spec)
    {
        writer.WriteStartObject("networkProfile");
        writer.WriteStartArray("networkInterfaceConfigurations");
        for (var number = 0; number < spec.NetworkInterfaces; number++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", $"nic-{number}");
            writer.WriteStartObject("properties");
            writer.WriteBoolean("primary", number == 0);
            writer.WriteBoolean("enableAcceleratedNetworking", spec.HasAcceleratedNetworking);
            writer.WriteStartArray("ipConfigurations");
            writer.WriteStartObject();
            writer.WriteString("name", "internal");
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
