using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Arm;

/// <summary>Writes the profile that the instances of a scale set are made by: system, disks, network.</summary>
internal static class ScaleSetProfileJson
{
    public static void Write(Utf8JsonWriter writer, ScaleSetSpec spec)
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
}
