using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>
/// The JSON Schema of policy files, for editors: it completes field names and marks what is wrong while a policy is
/// written. What a schema cannot say (references, one value against another) only the reader checks.
/// </summary>
public static class PolicySchema
{
    private const string SharePattern = @"^(0|[1-9][0-9]?)(\.[0-9]{1,15})?%$";

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>With the field that tells a policy from a base that others extend; none for kinds that cannot be extended.</summary>
    private static readonly (string Kind, JsonTypeInfo Shape, string? Purpose)[] Kinds =
    [
        (WorkloadBinding.Kind, PolicyShapesJson.Default.Workload, "select"),
        (HorizontalScalingBinding.Kind, PolicyShapesJson.Default.HorizontalScaling, "workload"),
        (LoadBasedScalingBinding.Kind, PolicyShapesJson.Default.LoadBasedScaling, "workload"),
        (PredictiveScalingBinding.Kind, PolicyShapesJson.Default.PredictiveScaling, "workload"),
        (VerticalScalingBinding.Kind, PolicyShapesJson.Default.VerticalScaling, "workload"),
        (ResourceRightsizingBinding.Kind, PolicyShapesJson.Default.ResourceRightsizing, "workload"),
        (UsageOptimizationBinding.Kind, PolicyShapesJson.Default.UsageOptimization, "workload"),
        (CostMonitoringBinding.Kind, PolicyShapesJson.Default.CostMonitoring, null),
        (BudgetAlertsBinding.Kind, PolicyShapesJson.Default.BudgetAlerts, null),
        (AlertChannelsBinding.Kind, PolicyShapesJson.Default.AlertChannels, null),
        (GuardrailsBinding.Kind, PolicyShapesJson.Default.Guardrails, null),
        (ChangeCalendarBinding.Kind, PolicyShapesJson.Default.ChangeCalendar, null),
        (ResourceKindBinding.Kind, PolicyShapesJson.Default.ResourceKind, null),
        (PolicyTestBinding.Kind, PolicyShapesJson.Default.PolicyTest, null),
    ];

    /// <summary>The text of <c>policies/policy.schema.json</c>.</summary>
    public static string Text => $"{Document().ToJsonString(Writing)}\n";

    private static JsonObject Document() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "ScaleFunctions policy",
        ["type"] = "object",
        ["required"] = new JsonArray("apiVersion", "kind", "metadata", "spec"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["const"] = DocumentBinding.ApiVersion },
            ["kind"] = new JsonObject { ["enum"] = new JsonArray([.. PolicyKinds.Supported.Keys.Select(kind => JsonValue.Create(kind))]) },
            ["metadata"] = Schema(PolicyShapesJson.Default.Metadata),
            ["spec"] = new JsonObject { ["type"] = "object" },
            ["$schema"] = new JsonObject { ["type"] = "string" },
        },
        ["allOf"] = new JsonArray([.. Kinds.Select(each => new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = each.Kind } } },
            ["then"] = new JsonObject { ["properties"] = new JsonObject { ["spec"] = new JsonObject { ["$ref"] = $"#/$defs/{each.Kind}" } } },
        })]),
        ["$defs"] = new JsonObject(Kinds.Select(each => KeyValuePair.Create(each.Kind, (JsonNode?)Definition(each.Kind, each.Shape, each.Purpose)))),
    };

    private static JsonObject Definition(string kind, JsonTypeInfo shape, string? purpose)
    {
        var schema = Schema(shape);
        Point(schema, kind);
        if (purpose is null)
        {
            return schema;
        }

        // What a policy must say may also be said by what it extends, and a base need not be complete.
        var demands = Demands(schema);
        schema["if"] = new JsonObject { ["required"] = new JsonArray(purpose), ["not"] = new JsonObject { ["required"] = new JsonArray("extends") } };
        schema["then"] = demands;
        return schema;
    }

    /// <summary>Takes the required fields out of a group and the groups in it, as a schema of its own. Lists are given whole or not at all.</summary>
    private static JsonObject Demands(JsonObject group)
    {
        var demands = new JsonObject();
        foreach (var demand in new[] { "required", "oneOf" })
        {
            if (group[demand] is { } demanded)
            {
                group.Remove(demand);
                demands[demand] = demanded;
            }
        }

        var inner = (group["properties"] as JsonObject ?? [])
            .Where(field => field.Value is JsonObject { } value && value["properties"] is not null && value["required"] is not null)
            .Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Demands((JsonObject)field.Value!)))
            .ToList();
        if (inner.Count > 0)
        {
            demands["properties"] = new JsonObject(inner);
        }

        return demands;
    }

    private static JsonObject Schema(JsonTypeInfo shape) => (JsonObject)shape.GetJsonSchemaAsNode(Exporting);

    /// <summary>The exporter refers to places from the root of what it exports, which here becomes a definition.</summary>
    private static void Point(JsonNode? node, string kind)
    {
        switch (node)
        {
            case JsonObject fields:
                if (fields["$ref"] is JsonValue reference)
                {
                    fields["$ref"] = $"#/$defs/{kind}{reference.GetValue<string>()[1..]}";
                }

                foreach (var (_, value) in fields.ToList())
                {
                    Point(value, kind);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Point(item, kind);
                }

                break;
        }
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        JsonNode made = type == typeof(PolicyShapes.Share) ? Share()
            : type == typeof(PolicyShapes.Tally) ? AnyOf(new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = RingsBinding.MostResources }, new JsonObject { ["type"] = "string", ["pattern"] = SharePattern })
            : type == typeof(PolicyShapes.SignalValue) ? SignalValue()
            : type == typeof(ResourceKindShapes.KindValue) ? AnyOf(Line(), new JsonObject { ["type"] = "number" }, new JsonObject { ["type"] = "boolean" })
            : type == typeof(PolicyShapes.TagValues) ? AnyOf(Line(), ListOf(Line()))
            : type == typeof(LoadBasedScalingShapes.Tolerance) && node is JsonObject directions && directions["properties"] is not null ? AnyOf(Share(), WithoutNull(directions))
            : type == typeof(LoadBasedScalingShapes.MissingData) && node is JsonObject fallback && fallback["properties"] is not null ? AnyOf(Word(MissingDataBinding.WordsAlone), WithoutNull(fallback))
            : type == typeof(PredictiveScalingShapes.Risk) && node is JsonObject risk && risk["properties"] is not null ? AnyOf(Word(PredictiveScalingBinding.Words), WithoutNull(risk))
            : type == typeof(ResourceRightsizingShapes.HeadroomShares) && node is JsonObject shares && shares["properties"] is not null ? AnyOf(Word(ResourceRightsizingBinding.Words), WithoutNull(shares))
            : node is JsonObject plain ? WithoutNull(plain)
            : node;
        if (made is JsonObject schema)
        {
            Refine(schema, type, context.PropertyInfo?.AttributeProvider);
        }

        return made;
    }

    private static void Refine(JsonObject schema, Type type, ICustomAttributeProvider? property)
    {
        if (type == typeof(string) && schema["minLength"] is null)
        {
            (schema["minLength"], schema["maxLength"]) = (1, TextFields.MaximumLength);
        }

        if (schema["type"]?.ToString() == "array")
        {
            (schema["minItems"], schema["maxItems"]) = (1, PolicyField.MaximumItems);
        }

        if (schema["type"]?.ToString() == "object" && type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
        {
            schema["minProperties"] = 1;
        }

        if (schema["type"]?.ToString() == "object" && (type == typeof(PolicyShapes.Then) || type == typeof(PolicyShapes.Fleet) || type == typeof(ResourceRightsizingShapes.Candidates) || type == typeof(PredictiveScalingShapes.Risk)))
        {
            schema["minProperties"] = 1;
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(PolicyShapes.Selection))
        {
            schema["anyOf"] = new JsonArray([.. ((JsonObject)schema["properties"]!).Select(field => field.Key).Where(name => name != "not")
                .Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(LoadBasedScalingShapes.Signal))
        {
            schema["anyOf"] = new JsonArray([.. SignalSourceBinding.Sources.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(PolicyShapes.Ring))
        {
            schema["oneOf"] = new JsonArray(Either("select"), Either("share"));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(VerticalScalingShapes.VerticalScaling))
        {
            schema["oneOf"] = new JsonArray(Either("sizes"), Either("family"));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(BudgetAlertsShapes.BudgetAlerts))
        {
            schema["oneOf"] = new JsonArray(Either("amount"), Either("budget"));
            schema["allOf"] = new JsonArray(AnyOf(Either("scope"), Either("budget")), AnyOf(Either("thresholds"), Either("ladder")));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(BudgetAlertsShapes.BudgetWhen))
        {
            schema["minProperties"] = 1;
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(BudgetAlertsShapes.BudgetStepShape))
        {
            schema["allOf"] = new JsonArray(
                Where("step", "notify", new JsonObject { ["not"] = AnyOf(Either("select"), Either("notice"), Either("grace"), Either("approval")) }),
                Where("step", "offHours", new JsonObject { ["required"] = new JsonArray("select", "off") }),
                Where("step", "lowerMaximum", new JsonObject { ["required"] = new JsonArray("select"), ["oneOf"] = new JsonArray(Either("maximum"), Either("maximumShare")) }),
                Where("step", "stop", new JsonObject { ["required"] = new JsonArray("select", "notice", "grace") }),
                Where("step", "cheaperSize", new JsonObject
                {
                    ["required"] = new JsonArray("select", "allowRestart"),
                    ["properties"] = new JsonObject { ["allowRestart"] = new JsonObject { ["const"] = true } },
                }),
                Where("step", "freezeScaleOut", Either("select")));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(AlertChannelShapes.AlertChannelShape))
        {
            schema["allOf"] = new JsonArray(
                Where("type", AlertChannelBinding.Teams, new JsonObject { ["required"] = new JsonArray("setting"), ["not"] = Either("keySetting") }),
                Where("type", AlertChannelBinding.Slack, new JsonObject { ["required"] = new JsonArray("setting"), ["not"] = Either("keySetting") }),
                Where("type", AlertChannelBinding.Webhook, new JsonObject { ["required"] = new JsonArray("setting", "keySetting") }),
                Where("type", AlertChannelBinding.EventGrid, Either("setting")),
                Where("type", AlertChannelBinding.ActionGroup, new JsonObject { ["not"] = AnyOf(Either("setting"), Either("keySetting")) }));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(UsageOptimizationShapes.UsageOptimization))
        {
            schema["anyOf"] = new JsonArray(Either("offHours"), Either("findings"));
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(UsageOptimizationShapes.OffTo))
        {
            var stops = new JsonObject { ["required"] = new JsonArray("size", "instances"), ["properties"] = new JsonObject { ["instances"] = new JsonObject { ["const"] = 0 } } };
            schema["anyOf"] = new JsonArray(new JsonObject { ["required"] = new JsonArray("instances") }, new JsonObject { ["required"] = new JsonArray("size") });
            schema["not"] = stops;
        }

        if (schema["type"]?.ToString() == "object" && type == typeof(UsageOptimizationShapes.OffHours))
        {
            schema["oneOf"] = new JsonArray(Either("onHours"), Either("when"));
        }

        static JsonObject Either(string name) => new() { ["required"] = new JsonArray(name) };

        static JsonObject Where(string field, string word, JsonObject then) => new()
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { [field] = new JsonObject { ["const"] = word } } },
            ["then"] = then,
        };

        foreach (var attribute in property?.GetCustomAttributes(inherit: false) ?? [])
        {
            Refine(schema, attribute);
        }
    }

    private static void Refine(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute description:
                schema["description"] = description.Description;
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = expression.Pattern;
                break;
            case StringLengthAttribute length:
                schema["maxLength"] = length.MaximumLength;
                break;
            case AllowedValuesAttribute allowed:
                var target = schema["items"] as JsonObject ?? schema;
                target["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create((string)value!))]);
                break;
            case RangeAttribute { Minimum: int minimum, Maximum: int maximum }:
                (schema["minimum"], schema["maximum"]) = (minimum, maximum);
                break;
            case RangeAttribute { Maximum: double maximum }:
                (schema["exclusiveMinimum"], schema["maximum"]) = (0, maximum);
                break;
        }
    }

    /// <summary>A field that is not wanted is left out; null is an error of the reader.</summary>
    private static JsonObject WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.Select(each => each!.ToString()).Single(name => name != "null");
        }

        return schema;
    }

    private static JsonObject Share() => AnyOf(
        new JsonObject { ["type"] = "number", ["minimum"] = 0, ["exclusiveMaximum"] = 1 },
        new JsonObject { ["type"] = "string", ["pattern"] = SharePattern });

    private static JsonObject SignalValue() => AnyOf(
        new JsonObject { ["type"] = "number", ["minimum"] = 0 },
        new JsonObject { ["enum"] = new JsonArray("missing", "stale", "suspiciousZero") });

    private static JsonObject Word(IReadOnlyList<string> words) =>
        new() { ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) };

    private static JsonObject Line() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = TextFields.MaximumLength };

    private static JsonObject ListOf(JsonNode item) =>
        new() { ["type"] = "array", ["items"] = item, ["minItems"] = 1, ["maxItems"] = PolicyField.MaximumItems };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
