using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Arm;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>Metric reads, of one resource through Resource Manager and of a batch at the regional host.</summary>
internal sealed class MetricsEndpoint(SimulatedEstate estate, TimeProvider clock, TimeSpan delay)
{
    private const int MaximumResources = 50;

    public SandboxAnswer Get(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        if (estate.View(route.Target!) is not { } view)
        {
            return ResourcesEndpoint.CheckScope(estate, route)
                ?? SandboxAnswer.Error(404, "ResourceNotFound", $"There is no resource '{route.Target}'.");
        }

        var now = clock.GetUtcNow();
        var span = (request.Parameter("timespan") ?? "/").Split('/');
        if (span.Length != 2)
        {
            return FlatBadRequest("The timespan is not of the form start/end.");
        }

        var (query, error) = MetricQuery.Read(MetricFamily.Of(view.Spec.Id.ResourceType)!, request.Parameter, (span[0], span[1]), now);
        if (query is null)
        {
            return FlatBadRequest(error!);
        }

        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("cost", Math.Max(0, (int)(query.To - query.From).TotalMinutes - 1));
            writer.WriteString("timespan", $"{MetricQuery.Write(query.From)}/{MetricQuery.Write(query.To)}");
            writer.WriteString("interval", query.Interval);
            writer.WriteString("namespace", query.Family.Namespace);
            writer.WriteString("resourceregion", view.Spec.Region);
            WriteMetric(writer, view.Spec.Id, new MetricJson(query, now, delay, faults));
            writer.WriteEndObject();
        });
    }

    public SandboxAnswer GetBatch(SandboxRequest request, RequestRoute route, IReadOnlyList<FaultEffect> faults)
    {
        var now = clock.GetUtcNow();
        if (request.Parameter("metricnamespace") is not { } space || request.Parameter("metricnames") is null)
        {
            return BadRequest("The parameters metricnamespace and metricnames are required.");
        }

        if (MetricFamily.Of(space) is not { } family)
        {
            return BadRequest($"There is no metric namespace '{space}'.");
        }

        var (targets, bodyError) = ReadTargets(request.Body, route, family);
        if (targets is null)
        {
            return BadRequest(bodyError!);
        }

        if (request.Parameter("endtime") is not null && request.Parameter("starttime") is null)
        {
            return BadRequest("An endtime needs a starttime.");
        }

        var (query, error) = MetricQuery.Read(family, request.Parameter, (request.Parameter("starttime"), request.Parameter("endtime")), now);
        if (query is null)
        {
            return BadRequest(error!);
        }

        var metric = new MetricJson(query, now, delay, faults);
        return SandboxAnswer.Json(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("values");
            foreach (var target in targets.Where(target => estate.View(target) is not null))
            {
                WriteResource(writer, target, route.Region, query, metric);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private void WriteResource(Utf8JsonWriter writer, TargetId target, string region, MetricQuery query, MetricJson metric)
    {
        writer.WriteStartObject();
        writer.WriteString("starttime", MetricQuery.Write(query.From));
        writer.WriteString("endtime", MetricQuery.Write(query.To));
        writer.WriteString("interval", query.Interval);
        writer.WriteString("namespace", query.Family.Namespace);
        writer.WriteString("resourceregion", region);
        writer.WriteString("resourceid", target.Value);
        WriteMetric(writer, target, metric);
        writer.WriteEndObject();
    }

    private void WriteMetric(Utf8JsonWriter writer, TargetId target, MetricJson metric) => estate.Read(target, metric.Span, minutes =>
    {
        metric.Write(writer, target, minutes);
        return true;
    });

    private (IReadOnlyList<TargetId>? Targets, string? Error) ReadTargets(ReadOnlyMemory<byte> body, RequestRoute route, MetricFamily family)
    {
        if (ReadIds(body) is not { } ids)
        {
            return (null, "The body must be an object with a list of texts 'resourceids'.");
        }

        if (ids.Count is 0 or > MaximumResources)
        {
            return (null, $"A batch holds 1 to {MaximumResources} resources; this one has {ids.Count}.");
        }

        var targets = new List<TargetId>();
        foreach (var text in ids)
        {
            if (!TargetId.TryParse(text, out var id))
            {
                return (null, $"'{text}' is not a resource id.");
            }

            targets.Add(id);
        }

        return Check(targets, route, family) is { } error ? (null, error) : (targets, null);
    }

    // A resource that does not exist has no region and is left out of the answer.
    private string? Check(List<TargetId> targets, RequestRoute route, MetricFamily family) =>
        targets.Find(id => !Is(id.Subscription, route.Subscription)) is { } foreign
            ? $"'{foreign}' is not in the subscription of the request."
        : targets.Find(id => !Is(id.ResourceType, family.Namespace)) is { } other
            ? $"'{other}' is not of the type {family.Namespace}; all resources of a batch have one type."
        : targets.Find(id => estate.View(id) is { } view && !Is(view.Spec.Region, route.Region)) is { } elsewhere
            ? $"'{elsewhere}' is not in the region '{route.Region}' of this host."
        : null;

    private static List<string>? ReadIds(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("resourceids", out var list) && list.ValueKind == JsonValueKind.Array
                && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SandboxAnswer BadRequest(string message) => SandboxAnswer.Error(400, "BadRequest", message);

    // The metrics provider of Resource Manager states its own errors without the usual 'error' around them.
    private static SandboxAnswer FlatBadRequest(string message) => SandboxAnswer.Json(400, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", "BadRequest");
        writer.WriteString("message", message);
        writer.WriteEndObject();
    });

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
