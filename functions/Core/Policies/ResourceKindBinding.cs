using System.Text.RegularExpressions;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Binds <c>kind: ResourceKind</c>. Whatever stands here ends in a request with a write token, so everything is held against
/// what may be, and nothing against what may not.
/// </summary>
internal static partial class ResourceKindBinding
{
    public const string Kind = "ResourceKind";

    public const int MaximumCapacity = HorizontalScalingPolicy.MostInstances;

    internal const string TypePattern = @"^[A-Za-z]+\.[A-Za-z]+(/[A-Za-z][A-Za-z0-9]*){1,3}$";

    internal const string VersionPattern = @"^\d{4}-\d\d-\d\d$";

    internal const string CapacityPattern = @"^(sku\.capacity|properties(\.[a-z][A-Za-z0-9]*){1,7})$";

    internal const string MemberPattern = @"^(kind|sku\.[a-z][A-Za-z0-9]*|properties(\.[a-z][A-Za-z0-9]*){1,7})$";

    private const string Provider = "Microsoft.";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.ResourceKind);

    private static readonly FieldNames SizeNames = FieldNames.Of(PolicyShapesJson.Default.KindSize);

    private static readonly FieldNames ConditionNames = FieldNames.Of(PolicyShapesJson.Default.KindCondition);

    private static readonly FieldNames StateNames = FieldNames.Of(PolicyShapesJson.Default.KindState);

    public static ResourceKindPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        if (KindNames.BuiltIn.Any(each => each.Alias == header.Name))
        {
            spec.Fail($"declares '{header.Name}', which is the name of a kind that is built in; use another 'metadata.name'");
        }

        var verb = fields.Required("write")?.Choice(("PATCH", DeclaredVerb.Patch), ("PUT", DeclaredVerb.Put));
        var bounds = Range(fields.Required("minimum"), fields.Required("maximum"));
        return new ResourceKindPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            ResourceType = fields.Required("type") is { } type ? ResourceType(type) : "",
            ApiVersion = fields.Required("apiVersion") is { } version ? ApiVersion(version) : "",
            CapacityPath = fields.Required("capacity") is { } capacity ? CapacityPath(capacity) : "",
            Verb = verb ?? DeclaredVerb.Patch,
            Bounds = bounds,
            Sizes = [.. (fields.Optional("sizes")?.Items() ?? []).Select(item => Size(item, bounds)).OfType<DeclaredSize>()],
            Only = [.. (fields.Optional("only")?.Items() ?? []).Select(Condition).OfType<DeclaredCondition>()],
            State = fields.Optional("state") is { } state ? State(state) : DeclaredState.Usual,
            ReadOnly = fields.Optional("readOnly") is { } members ? ReadOnly(members, verb) : [],
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    private static string ResourceType(PolicyField field)
    {
        if (field.Text() is not { } text)
        {
            return "";
        }

        if (!Type().IsMatch(text))
        {
            field.MustBe("an ARM type such as Microsoft.Search/searchServices: a provider and one to three types, in letters and digits");
        }
        else if (!text.StartsWith(Provider, StringComparison.OrdinalIgnoreCase))
        {
            field.Fail($"is {Quoted.Text(text)}; only resources of {Provider}* are scaled here");
        }
        else if (ReservedProviders.Why(text) is { } why)
        {
            field.Fail($"is {Quoted.Text(text)}: {why}");
        }

        return text;
    }

    private static string ApiVersion(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (!Version().IsMatch(text) || !DateOnly.TryParseExact(text, "yyyy-MM-dd", out _))
        {
            field.MustBe("a stable API version, which is a day such as 2024-01-01");
        }

        return text;
    }

    private static string CapacityPath(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (!Capacity().IsMatch(text))
        {
            field.MustBe("'sku.capacity', or names below 'properties' with dots between them, such as properties.replicaCount");
        }
        else if (Keeping().IsMatch(text))
        {
            field.Fail($"is {Quoted.Text(text)}, which says for how long data are kept; a lower number would delete some");
        }

        return text;
    }

    private static string? Member(PolicyField field)
    {
        var text = field.Text();
        if (text is null || Readable().IsMatch(text))
        {
            return text;
        }

        field.MustBe("'kind', a member of 'sku', or names below 'properties' with dots between them, such as properties.status");
        return null;
    }

    private static CapacityRange Range(PolicyField? minimumField, PolicyField? maximumField)
    {
        var minimum = minimumField?.WholeNumber(0, MaximumCapacity);
        var maximum = maximumField?.WholeNumber(1, MaximumCapacity);
        if (minimum > maximum)
        {
            minimumField!.Fail($"is {minimum}, more than the maximum of {maximum}");
        }

        return new CapacityRange(minimum ?? 0, maximum ?? MaximumCapacity, []);
    }

    private static DeclaredSize? Size(PolicyField item, CapacityRange bounds)
    {
        if (item.Fields(SizeNames) is not { } fields)
        {
            return null;
        }

        var names = fields.Required("names")?.Items()?.Select(NamePattern.Read).OfType<string>().ToList() ?? [];
        if (fields.Optional("steps") is not { } steps)
        {
            var own = Range(
                fields.Optional("minimum"), fields.Optional("maximum"));
            return new DeclaredSize(names, new CapacityRange(
                fields.Has("minimum") ? Within(fields, "minimum", own.Minimum, bounds) : bounds.Minimum,
                fields.Has("maximum") ? Within(fields, "maximum", own.Maximum, bounds) : bounds.Maximum,
                []));
        }

        if (fields.Has("minimum") || fields.Has("maximum"))
        {
            steps.Fail("are all the capacities there are; remove 'minimum' and 'maximum' beside them");
        }

        return Steps(steps, bounds) is { Count: > 0 } values ? new DeclaredSize(names, new CapacityRange(values[0], values[^1], values)) : null;
    }

    private static int Within(PolicyFields fields, string name, int value, CapacityRange bounds)
    {
        if (value < bounds.Minimum || value > bounds.Maximum)
        {
            fields.Optional(name)?.Fail($"is {value}, outside of 'spec.minimum' and 'spec.maximum', from {bounds.Minimum} to {bounds.Maximum}");
        }

        return value;
    }

    private static List<int> Steps(PolicyField field, CapacityRange bounds)
    {
        var values = field.Items()?.Select(item => item.WholeNumber(bounds.Minimum, bounds.Maximum)).OfType<int>().ToList() ?? [];
        if (!values.SequenceEqual(values.Distinct().Order()))
        {
            field.Fail("are not in ascending order, each once");
        }

        return values;
    }

    private static DeclaredCondition? Condition(PolicyField item)
    {
        if (item.Fields(ConditionNames) is not { } fields)
        {
            return null;
        }

        var path = fields.Required("path") is { } pathField ? Member(pathField) : null;
        var values = fields.Required("oneOf")?.Items()?.Select(Value).OfType<string>().ToList();
        var reason = fields.Required("reason")?.Text();
        return path is null || values is null || reason is null ? null : new DeclaredCondition(path, values, reason);
    }

    /// <summary>As it stands: a body has true and 3 where a text of them would need quotes.</summary>
    private static string? Value(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar { IsNull: false, Text: { Length: > 0 and <= TextFields.MaximumLength } text })
        {
            return text;
        }

        field.MustBe("a value such as true, 3 or Standard");
        return null;
    }

    private static DeclaredState State(PolicyField field)
    {
        var fields = field.Fields(StateNames);
        var path = fields?.Required("path") is { } pathField ? Member(pathField) : null;
        var settled = fields?.Required("settled")?.Items()?.Select(item => item.Text()).OfType<string>().ToList();
        return path is null || settled is null ? DeclaredState.Usual : new DeclaredState(path, settled);
    }

    private static IReadOnlyList<string> ReadOnly(PolicyField field, DeclaredVerb? verb)
    {
        if (verb == DeclaredVerb.Patch)
        {
            field.Fail("is for PUT, which sends everything else back; a PATCH sends the capacity alone");
        }

        return [.. (field.Items() ?? []).Select(Member).OfType<string>()];
    }

    [GeneratedRegex(TypePattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Type();

    [GeneratedRegex(VersionPattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(CapacityPattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Capacity();

    [GeneratedRegex(MemberPattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Readable();

    /// <summary>Members whose number is an age or a size of data.</summary>
    [GeneratedRegex("(?i)(retention|expir|timeToLive|days|diskSize|sizeGB|sizeBytes|storageGB)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Keeping();
}
