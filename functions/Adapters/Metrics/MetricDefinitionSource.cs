using System.Text.Json;
using Azure.Core;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>Reads which metrics a resource has, as Azure Monitor describes them.</summary>
internal sealed class MetricDefinitionSource(ArmPipelines arm) : IMetricDefinitionSource
{
    public async Task<MetricDefinitions> ReadAsync(MonitoredResource resource, string metricNamespace, CancellationToken cancellationToken)
    {
        using var message = arm.Reads.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(Address(resource, metricNamespace));
        message.Request.Headers.Add(HttpHeader.Common.JsonAccept);
        try
        {
            await arm.Reads.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (message.Response.Status != 200)
            {
                return new MetricDefinitions.Unreadable(ArmError.Parse(message.Response).Describe());
            }

            using var document = JsonDocument.Parse(message.Response.Content);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array
                ? new MetricDefinitions.Read([.. list.EnumerateArray().Select(Read).OfType<MetricDefinition>()])
                : new MetricDefinitions.Unreadable("the answer has no list");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new MetricDefinitions.Unreadable(AzureFaults.Describe(exception));
        }
    }

    private Uri Address(MonitoredResource resource, string metricNamespace)
    {
        var path = string.Join('/', resource.Id.Split('/').Select(Uri.EscapeDataString));
        var space = metricNamespace.Length == 0 ? "" : $"&metricnamespace={Uri.EscapeDataString(metricNamespace)}";
        return new Uri(arm.Connection.Environment.Endpoint, $"{path}/providers/Microsoft.Insights/metricDefinitions?api-version={ApiVersions.MetricDefinitions}{space}");
    }

    private static MetricDefinition? Read(JsonElement metric) => Value(metric, "name") is { } name
        ? new MetricDefinition(
            name,
            [.. Items(metric, "supportedAggregationTypes").Select(Aggregation).OfType<MetricAggregation>().Distinct()],
            [.. Items(metric, "dimensions").Select(dimension => Text(dimension, "value")).OfType<string>()])
        : null;

    private static MetricAggregation? Aggregation(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && Enum.TryParse<MetricAggregation>(element.GetString(), ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : null;

    private static string? Value(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? Text(inner, "value") : null;

    private static List<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
