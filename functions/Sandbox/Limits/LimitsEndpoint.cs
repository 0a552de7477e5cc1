using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Limits;

/// <summary>Reads of what Azure allows: locks, permissions, quotas, sizes.</summary>
internal sealed class LimitsEndpoint(SimulatedEstate estate, SimulatedLimits limits, ResourcePages pages)
{
    private const string SizeFilter = "location eq '";

    public SandboxAnswer Locks(SandboxRequest request, RequestRoute route) => Page(request, route, [.. limits.LocksOf(route.Subscription)], (writer, each) =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("properties");
        writer.WriteString("level", each.Level);
        writer.WriteEndObject();
        writer.WriteString("id", $"{each.Scope}/providers/Microsoft.Authorization/locks/{each.Name}");
        writer.WriteString("type", "Microsoft.Authorization/locks");
        writer.WriteString("name", each.Name);
        writer.WriteEndObject();
    });

    public SandboxAnswer Permissions(SandboxRequest request, RequestRoute route)
    {
        var scope = route.Target?.Value ?? $"/subscriptions/{route.Subscription}/resourceGroups/{route.ResourceGroup}";
        return Page(request, route, limits.GrantsOf(request.Principal ?? "", scope), (writer, each) =>
        {
            writer.WriteStartObject();
            Write(writer, "actions", each.Actions);
            Write(writer, "notActions", each.NotActions);
            Write(writer, "dataActions", []);
            Write(writer, "notDataActions", []);
            writer.WriteEndObject();
        });
    }

    public SandboxAnswer Usages(SandboxRequest request, RequestRoute route) => Page(
        request, route, [.. limits.QuotasOf(route.Subscription, route.Region)], (writer, each) =>
        {
            writer.WriteStartObject();
            writer.WriteString("unit", "Count");
            writer.WriteNumber("currentValue", each.Used);
            writer.WriteNumber("limit", each.Limit);
            writer.WriteStartObject("name");
            writer.WriteString("value", each.Name);
            writer.WriteString("localizedValue", each.Name);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    /// <summary>Sizes of one region: without a filter Azure lists those of all, which is megabytes and nobody's business here.</summary>
    public SandboxAnswer Sizes(SandboxRequest request, RequestRoute route) =>
        request.Parameter("$filter") is { } filter && filter.StartsWith(SizeFilter, StringComparison.Ordinal) && filter.EndsWith('\'')
            ? Page(request, route, MachineSize.All, (writer, each) => WriteSize(writer, each, filter[SizeFilter.Length..^1]))
            : SandboxAnswer.Error(400, "InvalidFilter", "The sandbox lists the sizes of one location.");

    private void WriteSize(Utf8JsonWriter writer, MachineSize size, string region)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType", "virtualMachines");
        writer.WriteString("name", size.Name);
        writer.WriteString("tier", "Standard");
        writer.WriteString("size", size.Name["Standard_".Length..]);
        writer.WriteString("family", size.Family);
        Write(writer, "locations", [region]);
        writer.WriteStartArray("locationInfo");
        writer.WriteStartObject();
        writer.WriteString("location", region);
        Write(writer, "zones", ["1", "2", "3"]);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("capabilities");
        WriteCapability(writer, "vCPUs", size.Cores);
        WriteCapability(writer, "MemoryGB", size.MemoryGiB);
        WriteCapability(writer, "MaxDataDiskCount", size.DataDisks);
        WriteCapability(writer, "MaxNetworkInterfaces", size.NetworkInterfaces);
        WriteCapability(writer, "MaxResourceVolumeMB", size.TemporaryDiskGiB * 1024);
        WriteCapability(writer, "CpuArchitectureType", size.Architecture);
        WriteCapability(writer, "PremiumIO", Word(size.HasPremiumStorage));
        WriteCapability(writer, "AcceleratedNetworkingEnabled", Word(size.HasAcceleratedNetworking));
        WriteCapability(writer, "EphemeralOSDiskSupported", Word(size.HasEphemeralDisk));
        if (size.UncachedOperations > 0)
        {
            WriteCapability(writer, "UncachedDiskIOPS", size.UncachedOperations);
            WriteCapability(writer, "UncachedDiskBytesPerSecond", size.UncachedBytes);
        }

        if (size.CacheGiB > 0)
        {
            WriteCapability(writer, "CachedDiskBytes", size.CacheGiB * MemoryUse.BytesPerGiB);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("restrictions");
        if (limits.RestrictedSizes.Contains(size.Name, StringComparer.OrdinalIgnoreCase))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "Location");
            Write(writer, "values", [region]);
            writer.WriteStartObject("restrictionInfo");
            Write(writer, "locations", [region]);
            writer.WriteEndObject();
            writer.WriteString("reasonCode", "NotAvailableForSubscription");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private SandboxAnswer Page<T>(SandboxRequest request, RequestRoute route, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> write) =>
        ResourcesEndpoint.CheckScope(estate, route) ?? pages.List(
            request, route, (skip, take) => ([.. all.Skip(skip).Take(take)], all.Count > skip + take), write);

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Word(bool value) => value ? "True" : "False";

    private static void WriteCapability(Utf8JsonWriter writer, string name, double value) =>
        WriteCapability(writer, name, value.ToString(CultureInfo.InvariantCulture));

    private static void WriteCapability(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }
}
