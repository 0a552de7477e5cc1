using System.Text.Json;
using Azure;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Autoscale;

/// <summary>
/// Lists the settings of a subscription and tells which resources Azure's own autoscale scales. A list that cannot be read to its
/// end tells of no resource that it has none.
/// </summary>
internal sealed class NativeAutoscales(ArmPipelines arm) : IAutoscaleSettings
{
    public async Task<AutoscaleListing> ListAsync(string subscription, CancellationToken cancellationToken)
    {
        var settings = new List<JsonElement>();
        try
        {
            var first = new Uri(
                arm.Connection.Environment.Endpoint,
                $"/subscriptions/{Uri.EscapeDataString(subscription)}/providers/{AutoscaleSetting.ResourceType}?api-version={ApiVersions.AutoscaleSettings}");
            var problem = await ArmPages.ReadAsync(
                arm, first, "autoscale settings", (setting, _) => settings.Add(setting.Clone()), cancellationToken).ConfigureAwait(false);
            return new AutoscaleListing(settings, problem);
        }
        catch (RequestFailedException exception) when (exception is { Status: 404 or 409, ErrorCode: "MissingSubscriptionRegistration" or "SubscriptionNotRegistered" })
        {
            // A provider can be unregistered only where nothing of it is left.
            return new AutoscaleListing([], null);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new AutoscaleListing(settings, AzureFaults.Describe(exception));
        }
    }

    /// <summary>Which resources of a subscription scale by themselves, and whether they can be steered.</summary>
    public async Task<SubscriptionAutoscale> ReadAsync(string subscription, CancellationToken cancellationToken)
    {
        var now = arm.Connection.Time.GetUtcNow();
        var listing = await ListAsync(subscription, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<TargetId, NativeAutoscale>();
        var problem = listing.Problem;
        foreach (var setting in listing.Settings)
        {
            problem = IsAdded(found, setting, now, cancellationToken) ? problem
                : problem ?? "an autoscale setting does not tell which it is, or what it scales";
        }

        return new SubscriptionAutoscale(found, problem);
    }

    private static bool IsAdded(Dictionary<TargetId, NativeAutoscale> found, JsonElement root, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return Add(found, root, now);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            // A member whose name is no text; there is no telling which.
            return false;
        }
    }

    /// <summary>
    /// One malformed setting costs its own resource, not the page; what scales something else than a resource we know costs nothing.
    /// False when it does not even tell which it is, or what it scales: that may be anything.
    /// </summary>
    private static bool Add(Dictionary<TargetId, NativeAutoscale> found, JsonElement root, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!TargetId.TryParse(AutoscaleText.Of(properties, "targetResourceUri"), out var target)
            || !properties.TryGetProperty("enabled", out var enabled) || enabled.ValueKind != JsonValueKind.True)
        {
            return true;
        }

        if (!TargetId.TryParse(AutoscaleText.Of(root, "id"), out var id))
        {
            return false;
        }

        var native = SettingAnswer.Read(root, now, out var problem)?.ToNative() ?? new NativeAutoscale.Unsteerable(id, problem);
        found[target] = found.ContainsKey(target) ? new NativeAutoscale.Unsteerable(id, "there is more than one setting for the resource") : native;
        return true;
    }
}
