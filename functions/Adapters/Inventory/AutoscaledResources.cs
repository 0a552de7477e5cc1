using System.Text.Json;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Inventory;

/// <summary>Reads which resources of a subscription an enabled autoscale setting of Azure Monitor points at.</summary>
internal static class AutoscaledResources
{
    /// <returns>By target key: the setting's name. One that is not readable may point at anything, so nothing is known then.</returns>
    public static async Task<Reading<IReadOnlyDictionary<string, string>>> ReadAsync(
        ArmPipelines arm, string subscription, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>();
        var address = new Uri(
            arm.Connection.Environment.Endpoint,
            $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/Microsoft.Insights/autoscalesettings?api-version={ApiVersions.AutoscaleSettings}");
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm, address, "autoscale settings", (setting, _) => Add(settings, setting), cancellationToken).ConfigureAwait(false);
            return new(problem is null ? settings : null, problem ?? "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Reading<IReadOnlyDictionary<string, string>>.Failed($"autoscale settings: {AzureFaults.Describe(exception)}");
        }
    }

    private static void Add(Dictionary<string, string> settings, JsonElement setting)
    {
        if (setting.ValueKind != JsonValueKind.Object
            || !setting.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("an autoscale setting has no properties");
        }

        // Absent is off: the API's own default. A target that is no resource with a capacity is none of ours.
        if (properties.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.True
            && properties.TryGetProperty("targetResourceUri", out var uri) && uri.ValueKind == JsonValueKind.String
            && TargetId.TryParse(uri.GetString(), out var target))
        {
            settings[target.Key] = setting.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                ? AzureFaults.OneLine(name.GetString()!)
                : "without a name";
        }
    }
}
