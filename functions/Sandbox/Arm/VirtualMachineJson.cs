using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes a virtual machine as Compute does: with its model, with its instance view, or as a list of states shows it.</summary>
internal static class VirtualMachineJson
{
    public static void Write(Utf8JsonWriter writer, ResourceView view, bool hasInstanceView)
    {
        var spec = (VirtualMachineSpec)view.Spec;
        Begin(writer, view);
        writer.WriteStartObject("tags");
        foreach (var (name, value) in spec.Tags)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        WriteState(writer, view);
        writer.WriteStartObject("hardwareProfile");
        writer.WriteString("vmSize", spec.Sku);
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
            WriteInstanceView(writer, view);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteStatus(Utf8JsonWriter writer, ResourceView view)
    {
        Begin(writer, view);
        writer.WriteStartObject("properties");
        WriteState(writer, view);
        WriteInstanceView(writer, view);
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

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteInstanceView(Utf8JsonWriter writer, ResourceView view)
    {
        writer.WriteStartObject("instanceView");
        writer.WriteStartArray("statuses");
        WriteCode(writer, $"ProvisioningState/{view.ProvisioningState.ToLowerInvariant()}");
        WriteCode(writer, $"PowerState/{Power(view)}");
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
}
