using System.Text.Json;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Describes the metrics of a resource.</summary>
internal sealed class MetricDefinitionsEndpoint(SimulatedEstate estate)
{
    private static readonly string[] Aggregations = ["Average", "Minimum", "Maximum", "Total", "Count"];
    private static readonly string[] Grains = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];

    public SandboxAnswer List(SandboxRequest request, RequestRoute route)
    {
        if (estate.View(route.Target!) is not { } view)
        {
            return ResourcesEndpoint.CheckScope(estate, route)
                ?? SandboxAnswer.Error(404, "ResourceNotFound", $"There is no resource '{route.Target}'.");
        }

        var family = MetricFamily.Of(request.Parameter("metricnamespace") ?? view.Spec.Id.ResourceType);
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var metric in family?.Metrics ?? [])
            {
                Write(writer, view.Spec.Id.Value, family!, metric);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, string resource, MetricFamily family, SimulatedMetric metric)
    {
        writer.WriteStartObject();
        writer.WriteString("id", $"{resource}/providers/microsoft.insights/metricdefinitions/{metric.Name}");
        writer.WriteString("resourceId", resource);
        writer.WriteString("namespace", family.Namespace);
        WriteName(writer, "name", metric.Name);
        writer.WriteString("displayDescription", metric.Description);
        writer.WriteBoolean("isDimensionRequired", false);
        writer.WriteString("unit", metric.Unit);
        writer.WriteString("primaryAggregationType", "Average");
        writer.WriteStartArray("supportedAggregationTypes");
        foreach (var aggregation in Aggregations)
        {
            writer.WriteStringValue(aggregation);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("metricAvailabilities");
        foreach (var grain in Grains)
        {
            writer.WriteStartObject();
            writer.WriteString("timeGrain", grain);
            writer.WriteString("retention", "P93D");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("dimensions");
        WriteName(writer, null, family.Dimension);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string? member, string name)
    {
        if (member is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(member);
        }

        writer.WriteString("value", name);
        writer.WriteString("localizedValue", name);
        writer.WriteEndObject();
    }
}
