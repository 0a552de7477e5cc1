using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes an instance of a scale set as Compute does.</summary>
internal static class ScaleSetInstanceJson
{
    /// <summary>One instance of the scale set, with what protects it and, when it is asked for, how it is.</summary>
    public static void Write(Utf8JsonWriter writer, ResourceView view, InstanceView instance, bool hasView)
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
}
