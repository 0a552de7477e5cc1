using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes a virtual machine as Compute does: with its model, with its instance view, or as a list of states shows it.</summary>
internal static class VirtualMachineJson
{
    /// <param name="writer">Takes it.</param>
    /// <param name="view">The machine.</param>
    /// <param name="instance">Its instance; absent when its view is not asked for, or it has none.</param>
    /// <param name="hasInstanceView">Whether its view is asked for.</param>
    public static void Write(Utf8JsonWriter writer, ResourceView view, bool hasInstanceView, InstanceView? instance = null)
    {
        var spec = (VirtualMachineSpec)view.Spec;
        Begin(writer, view);
        writer.WriteString("etag", view.ETag);
        if (spec.Zone is { } zone)
        {
            writer.WriteStartArray("zones");
            writer.WriteStringValue(zone);
            writer.WriteEndArray();
        }

        writer.WriteStartObject("tags");
        foreach (var (name, value) in spec.Tags)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        WriteState(writer, view);
        writer.WriteStartObject("hardwareProfile");
        writer.WriteString("vmSize", view.Size);
        writer.WriteEndObject();
        WriteDisk(writer, spec);
        if (spec.ScaleSet is { } set)
        {
            writer.WriteStartObject("virtualMachineScaleSet");
            writer.WriteString("id", set);
            writer.WriteEndObject();
        }

        if (hasInstanceView)
        {
            WriteInstanceView(writer, view, instance);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A size, as the old list of sizes describes it.</summary>
    public static void WriteSize(Utf8JsonWriter writer, MachineSize size)
    {
        writer.WriteStartObject();
        writer.WriteString("name", size.Name);
        writer.WriteNumber("numberOfCores", size.Cores);
        writer.WriteNumber("osDiskSizeInMB", 1_047_552);
        writer.WriteNumber("resourceDiskSizeInMB", size.TemporaryDiskGiB * 1024);
        writer.WriteNumber("memoryInMB", (int)(size.MemoryGiB * 1024));
        writer.WriteNumber("maxDataDiskCount", size.DataDisks);
        writer.WriteEndObject();
    }

    public static void WriteStatus(Utf8JsonWriter writer, ResourceView view)
    {
        Begin(writer, view);
        writer.WriteStartObject("properties");
        WriteState(writer, view);
        WriteInstanceView(writer, view, instance: null);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Running, stopped, deallocated, or on the way to one of them.</summary>
    public static string Power(ResourceView view) => (view.ProvisioningState, view.Capacity) switch
    {
        (ProvisioningStates.Updating, > 0) => "starting",
        (ProvisioningStates.Updating, _) => "deallocating",
        (_, 0) => "deallocated",
        _ => view.Spec is VirtualMachineSpec { IsStopped: true } && view.IsUntouched ? "stopped" : "running",
    };

    private static void Begin(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteStartObject();
        writer.WriteString("name", view.Spec.Id.Name);
        writer.WriteString("id", view.Spec.Id.Value);
        writer.WriteString("type", "Microsoft.Compute/virtualMachines");
        writer.WriteString("location", view.Spec.Region);
    }

    private static void WriteState(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteString("vmId", view.UniqueId);
        writer.WriteString("provisioningState", view.ProvisioningState);
    }

    private static void WriteDisk(Utf8JsonWriter writer, VirtualMachineSpec spec)
    {
        writer.WriteStartObject("osProfile");
        writer.WriteString("computerName", spec.Id.Name);
        writer.WriteString("adminUsername", "operator");
        writer.WriteStartObject("linuxConfiguration");
        writer.WriteBoolean("provisionVMAgent", true);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("storageProfile");
        writer.WriteStartObject("osDisk");
        writer.WriteString("osType", "Linux");
        writer.WriteString("createOption", "FromImage");
        if (spec.HasEphemeralDisk)
        {
            writer.WriteStartObject("diffDiskSettings");
            writer.WriteString("option", "Local");
            writer.WriteEndObject();
        }

        WriteManaged(writer, spec);
        writer.WriteEndObject();
        writer.WriteStartArray("dataDisks");
        for (var number = 0; number < spec.DataDisks; number++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("lun", number);
            writer.WriteString("createOption", "Attach");
            WriteManaged(writer, spec);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("networkProfile");
        writer.WriteStartArray("networkInterfaces");
        for (var number = 0; number < spec.NetworkInterfaces; number++)
        {
            writer.WriteStartObject();
            writer.WriteString(
                "id", $"/subscriptions/{spec.Id.Subscription}/resourceGroups/{spec.Id.ResourceGroup}/providers/Microsoft.Network/networkInterfaces/{spec.Id.Name}-{number}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteManaged(Utf8JsonWriter writer, VirtualMachineSpec spec)
    {
        if (!spec.HasEphemeralDisk)
        {
            writer.WriteStartObject("managedDisk");
            writer.WriteString("storageAccountType", spec.HasPremiumDisks ? "Premium_LRS" : "StandardSSD_LRS");
            writer.WriteEndObject();
        }
    }

    private static void WriteInstanceView(Utf8JsonWriter writer, ResourceView view, InstanceView? instance)
    {
        writer.WriteStartObject("instanceView");
        if (instance is { IsReady: true } ready)
        {
            // The agent in the machine says that it is there; from one that is not well nothing is heard.
            writer.WriteStartObject("vmAgent");
            writer.WriteString("vmAgentVersion", ready.IsHealthy ? "2.9.1.1" : "Unknown");
            writer.WriteStartArray("statuses");
            WriteCode(writer, ready.IsHealthy ? "ProvisioningState/succeeded" : "ProvisioningState/Unavailable", ready.IsHealthy ? "Info" : "Warning");
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteStartArray("statuses");
        WriteCode(writer, $"ProvisioningState/{view.ProvisioningState.ToLowerInvariant()}");
        WriteCode(writer, $"PowerState/{Power(view)}");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter writer, string code, string level = "Info")
    {
        writer.WriteStartObject();
        writer.WriteString("code", code);
        writer.WriteString("level", level);
        writer.WriteEndObject();
    }
}
