using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies.Schemas;

/// <summary>Judges a document by a JSON Schema as an editor would. Knows the words our schema uses and fails on any other.</summary>
internal sealed class SchemaCheck(JsonObject schema)
{
    private static readonly string[] Ignored = ["$schema", "title", "description", "$defs", "then"];

    public bool Accepts(JsonNode? value) => Accepts(schema, value);

    /// <summary>A policy document as an editor's YAML reader sees it.</summary>
    public static JsonNode? Json(PolicyNode node) => node switch
    {
        PolicyNode.Mapping mapping => new JsonObject(mapping.Fields.Select(field => KeyValuePair.Create(field.Key.Text, Json(field.Value)))),
        PolicyNode.Sequence sequence => new JsonArray([.. sequence.Items.Select(Json)]),
        PolicyNode.Scalar { IsQuoted: false } plain when plain.IsNull => null,
        PolicyNode.Scalar { IsQuoted: false, Text: "true" or "yes" } => JsonValue.Create(true),
        PolicyNode.Scalar { IsQuoted: false } plain when double.TryParse(plain.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        PolicyNode.Scalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException(),
    };

    private bool Accepts(JsonNode rule, JsonNode? value) =>
        rule is JsonObject words ? words.All(word => Accepts(words, word.Key, word.Value!, value)) : rule.GetValue<bool>();

    private bool Accepts(JsonObject words, string word, JsonNode rule, JsonNode? value) => word switch
    {
        "type" => rule.ToString() == TypeOf(value) || (rule.ToString() == "number" && TypeOf(value) == "integer"),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(each => JsonNode.DeepEquals(each, value)),
        "required" => value is not JsonObject fields || rule.AsArray().All(name => fields.ContainsKey(name!.ToString())),
        "properties" => value is not JsonObject fields || rule.AsObject().All(each => !fields.ContainsKey(each.Key) || Accepts(each.Value!, fields[each.Key])),
        "additionalProperties" => value is not JsonObject fields
            || fields.All(each => words["properties"]?.AsObject().ContainsKey(each.Key) == true || Accepts(rule, each.Value)),
        "items" => value is not JsonArray items || items.All(item => Accepts(rule, item)),
        "minItems" => value is not JsonArray items || items.Count >= rule.GetValue<int>(),
        "maxItems" => value is not JsonArray items || items.Count <= rule.GetValue<int>(),
        "minProperties" => value is not JsonObject fields || fields.Count >= rule.GetValue<int>(),
        "minLength" => value is not JsonValue || TypeOf(value) != "string" || value.ToString().Length >= rule.GetValue<int>(),
        "maxLength" => value is not JsonValue || TypeOf(value) != "string" || value.ToString().Length <= rule.GetValue<int>(),
        "pattern" => TypeOf(value) != "string" || Regex.IsMatch(value!.ToString(), rule.ToString(), RegexOptions.None, TimeSpan.FromSeconds(5)),
        "minimum" => Number(value) is not { } number || number >= Number(rule),
        "maximum" => Number(value) is not { } number || number <= Number(rule),
        "exclusiveMinimum" => Number(value) is not { } number || number > Number(rule),
        "exclusiveMaximum" => Number(value) is not { } number || number < Number(rule),
        "anyOf" => rule.AsArray().Any(each => Accepts(each!, value)),
        "oneOf" => rule.AsArray().Count(each => Accepts(each!, value)) == 1,
        "allOf" => rule.AsArray().All(each => Accepts(each!, value)),
        "not" => !Accepts(rule, value),
        "if" => !Accepts(rule, value) || Accepts(words["then"]!, value),
        "$ref" => Accepts(At(rule.ToString()), value),
        _ when Ignored.Contains(word) => true,
        _ => throw new InvalidOperationException($"the schema uses '{word}', which nothing here checks"),
    };

    private JsonNode At(string pointer) => pointer.Split('/').Skip(1).Aggregate(
        (JsonNode)schema,
        (node, step) => (node is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)] : node[step]) ?? throw new InvalidOperationException($"{pointer} leads nowhere"));

    private static double? Number(JsonNode? value) => TypeOf(value) is "number" or "integer" ? double.Parse(value!.ToString(), CultureInfo.InvariantCulture) : null;

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => double.IsInteger(double.Parse(value.ToString(), CultureInfo.InvariantCulture)) ? "integer" : "number",
            _ => "boolean",
        },
    };
}
