using System.Text.Json;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>
/// The official OpenAPI description of App Service plans, when it is there beside the repository. It judges methods, statuses and
/// bodies as far as the description goes: types, words, required, misspelt and read-only members.
/// </summary>
internal sealed class OfficialSpecification
{
    public const string Missing = "the official API descriptions are not in ../shared/specs";

    private const string Place = "shared/specs/specification/web/resource-manager/Microsoft.Web/stable/2023-12-01";

    private readonly JsonElement _plans;
    private readonly JsonElement _common;

    private OfficialSpecification(string folder)
    {
        _plans = Read(Path.Combine(folder, "AppServicePlans.json"));
        _common = Read(Path.Combine(folder, "CommonDefinitions.json"));
    }

    public static OfficialSpecification? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, Place)))
            {
                return new OfficialSpecification(Path.Combine(folder.FullName, Place));
            }
        }

        return null;
    }

    /// <summary>What is wrong with an exchange; nothing when it is as described.</summary>
    public IReadOnlyList<string> Check(string method, string path, string? request, int status, string response)
    {
        var errors = new List<string>();
        if (Operation(method, path) is not { } operation)
        {
            return [$"{method} {path} is not described"];
        }

        var body = operation.GetProperty("parameters").EnumerateArray()
            .FirstOrDefault(parameter => parameter.TryGetProperty("in", out var place) && place.GetString() == "body");
        if (body.ValueKind == JsonValueKind.Object)
        {
            Check(body.GetProperty("schema"), Parse(request ?? "null"), "request", isRequest: true, errors);
        }

        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty($"{status}", out var answer))
        {
            return [.. errors, $"{status} is not described"];
        }

        if (answer.TryGetProperty("schema", out var schema))
        {
            Check(schema, Parse(response), "response", isRequest: false, errors);
        }

        return errors;
    }

    /// <summary>The paths of all members of a plan that are marked as read-only.</summary>
    public IReadOnlySet<string> ReadOnlyMembers() =>
        ReadOnly(_common.GetProperty("definitions").GetProperty("AppServicePlan"), "").ToHashSet();

    private IEnumerable<string> ReadOnly(JsonElement schema, string path)
    {
        foreach (var (name, member) in Members(Resolve(schema)))
        {
            var place = path.Length == 0 ? name : $"{path}.{name}";
            var paths = IsReadOnly(member) ? [place] : ReadOnly(member, place);
            foreach (var each in paths)
            {
                yield return each;
            }
        }
    }

    private JsonElement? Operation(string method, string path)
    {
        var steps = path.Trim('/').Split('/');
        foreach (var template in _plans.GetProperty("paths").EnumerateObject())
        {
            var parts = template.Name.Trim('/').Split('/');
            if (parts.Length == steps.Length
                && parts.Zip(steps).All(pair => pair.First.StartsWith('{') || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase))
                && template.Value.TryGetProperty(method.ToLowerInvariant(), out var operation))
            {
                return operation;
            }
        }

        return null;
    }

    private void Check(JsonElement described, JsonElement value, string path, bool isRequest, List<string> errors)
    {
        var schema = Resolve(described);
        if (value.ValueKind == JsonValueKind.Null && path.Contains('.', StringComparison.Ordinal))
        {
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !IsOf(type.GetString()!, value))
        {
            errors.Add($"{path} is no {type.GetString()}");
            return;
        }

        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetString() != value.GetString()))
        {
            errors.Add($"{path} is none of the words described: {value}");
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[]", isRequest, errors);
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(schema, value, path, isRequest, errors);
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string path, bool isRequest, List<string> errors)
    {
        var members = Members(schema).ToDictionary();
        var isOpen = schema.TryGetProperty("additionalProperties", out var further);
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            if (members.TryGetValue(member.Name, out var known))
            {
                if (isRequest && IsReadOnly(known))
                {
                    errors.Add($"{place} is read-only");
                }

                Check(known, member.Value, place, isRequest, errors);
            }
            else if (isOpen)
            {
                Check(further, member.Value, place, isRequest, errors);
            }
            else
            {
                errors.Add($"{place} is not described");
            }
        }

        errors.AddRange(Required(schema).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing"));
    }

    private IEnumerable<(string Name, JsonElement Schema)> Members(JsonElement schema)
    {
        var own = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(member => (member.Name, member.Value))
            : [];
        return Bases(schema).SelectMany(Members).Concat(own);
    }

    private IEnumerable<string> Required(JsonElement schema)
    {
        var own = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        return Bases(schema).SelectMany(Required).Concat(own);
    }

    private IEnumerable<JsonElement> Bases(JsonElement schema) =>
        schema.TryGetProperty("allOf", out var bases) ? bases.EnumerateArray().Select(Resolve) : [];

    private JsonElement Resolve(JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
        {
            return schema;
        }

        var name = reference.GetString()!.Split("#/definitions/")[1];
        return _common.GetProperty("definitions").TryGetProperty(name, out var common)
            ? common
            : _plans.GetProperty("definitions").GetProperty(name);
    }

    private static bool IsReadOnly(JsonElement member) => member.TryGetProperty("readOnly", out var mark) && mark.GetBoolean();

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        _ => value.ValueKind == JsonValueKind.Number,
    };

    private static JsonElement Read(string file) => Parse(File.ReadAllText(file));

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return document.RootElement.Clone();
    }
}
