using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: Workload</c>.</summary>
internal static class WorkloadBinding
{
    public const string Kind = "Workload";

    public const string ScaleSetType = "Microsoft.Compute/virtualMachineScaleSets";

    public const string PlanType = "Microsoft.Web/serverfarms";

    public const string MachineType = "Microsoft.Compute/virtualMachines";

    /// <summary>Azure allows 90 characters in a resource group's name.</summary>
    private const int MaximumGroupLength = 90;

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.Workload);

    private static readonly FieldNames SelectNames = FieldNames.Of(PolicyShapesJson.Default.Selection);

    public static WorkloadPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var mode = fields.Optional("mode")?.Choice(("observe", PolicyMode.Observe), ("act", PolicyMode.Act));
        return new WorkloadPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Select = fields.Required("select") is { } select ? Selector(select, header.Kinds) : new TargetSelector(),
            Mode = mode ?? PolicyMode.Observe,
            Actuator = fields.Optional("actuator")?.Choice(("auto", Actuator.Auto), ("direct", Actuator.Direct), ("steer", Actuator.Steer)) ?? Actuator.Auto,
            IsCritical = fields.Optional("critical")?.Choice(("true", true), ("false", false)) ?? false,
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    internal static TargetSelector Selector(PolicyField select, KindNames kinds)
    {
        if (select.Fields(SelectNames) is not { } fields)
        {
            return new TargetSelector();
        }

        if (!SelectNames.Allowed.Any(name => name != "not" && fields.Has(name)))
        {
            select.Fail(fields.Has("not")
                ? "says only what is left out, which would select everything else; say what is selected"
                : $"selects nothing; give at least one of {Quoted.List(SelectNames.Allowed)}");
        }

        return new TargetSelector
        {
            ResourceType = fields.Optional("type") is { } type ? ResourceType(type, kinds) : "",
            Name = fields.Optional("name") is { } name ? ResourceName(name) : "",
            ResourceGroup = fields.Optional("resourceGroup") is { } group ? ResourceGroup(group) : "",
            Subscription = fields.Optional("subscription") is { } subscription ? Subscription(subscription) : "",
            ManagementGroup = fields.Optional("managementGroup") is { } management ? ManagementGroup(management) : "",
            Region = fields.Optional("region") is { } region ? Region(region) : "",
            Tags = fields.Optional("tags") is { } tags ? Tags(tags) : new TargetSelector().Tags,
            All = Selectors(fields.Optional("all"), kinds),
            Any = Selectors(fields.Optional("any"), kinds),
            Not = Selectors(fields.Optional("not"), kinds),
        };
    }

    private static IReadOnlyList<TargetSelector> Selectors(PolicyField? field, KindNames kinds) =>
        [.. (field?.Items() ?? []).Select(item => Selector(item, kinds))];

    internal static string ResourceType(PolicyField field, KindNames kinds)
    {
        if (field.Text() is not { } text)
        {
            return "";
        }

        var known = kinds.TypeOf(text);
        if (known is null)
        {
            field.MustBe($"one of {kinds}, the types this version scales, or the name of a ResourceKind");
        }

        return known ?? "";
    }

    /// <summary>One name, and no pattern: a workload that grows by what others call their resources is by tags.</summary>
    private static string ResourceName(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (text.AsSpan().ContainsAny("*?#%\\"))
        {
            field.MustBe("the name of one resource, without '*' or '?'; several are selected by tags or by 'any'");
        }

        return text;
    }

    internal static string ResourceGroup(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (text.Length > MaximumGroupLength || text.Any(character => !char.IsLetterOrDigit(character) && !"-_.()".Contains(character))
            || text.EndsWith('.'))
        {
            field.MustBe($"the name of a resource group: up to {MaximumGroupLength} letters, digits, '-', '_', '.', '(' or ')'");
        }

        return text;
    }

    /// <summary>The group's id, not the name it is shown with: two groups may be shown with the same.</summary>
    internal static string ManagementGroup(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (text.Length > MaximumGroupLength || text.Any(character => !char.IsAsciiLetterOrDigit(character) && !"-_.()".Contains(character))
            || text.EndsWith('.'))
        {
            field.MustBe($"the id of a management group: up to {MaximumGroupLength} letters, digits, '-', '_', '.', '(' or ')'");
        }

        return text;
    }

    /// <summary>The portal shows "West Europe"; the API, and so the inventory, says <c>westeurope</c>.</summary>
    private static string Region(PolicyField field)
    {
        var text = field.Text() ?? "";
        if (text.Length > MaximumGroupLength || text.Any(character => !char.IsAsciiLetterOrDigit(character)))
        {
            field.MustBe("the name of an Azure region without blanks, such as westeurope");
        }

        return text;
    }

    internal static string Subscription(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar scalar && Guid.TryParseExact(scalar.Text, "D", out var id))
        {
            return id.ToString("D");
        }

        field.MustBe("a subscription id such as 12345678-90ab-cdef-1234-567890abcdef");
        return "";
    }

    /// <summary>Azure compares tag names without regard to case, so two spellings of one name are one tag given twice.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> Tags(PolicyField field)
    {
        Dictionary<string, IReadOnlyList<string>> tags = new(StringComparer.OrdinalIgnoreCase);
        if (field.Node is not PolicyNode.Mapping mapping)
        {
            field.MustBe("tag names with values, such as { app: shop }");
            return tags;
        }

        if (mapping.Fields.Count == 0)
        {
            field.Fail("names no tag; give at least one");
        }

        foreach (var (key, value) in mapping.Fields)
        {
            var name = new PolicyField(key, $"{field.Path} (name of a tag)", field.Errors).Text() ?? "";
            if (!tags.TryAdd(name, TagValues(new PolicyField(value, $"{field.Path}.{name}", field.Errors))) && name.Length > 0)
            {
                field.Errors.Add(key, $"the tag {Quoted.Text(name)} is already given; tag names differ by more than upper and lower case");
            }
        }

        return tags;
    }

    private static IReadOnlyList<string> TagValues(PolicyField field)
    {
        var items = field.Node is PolicyNode.Sequence ? field.Items() : [field];
        return items is null ? [] : [.. items.Select(item => TagValue(item)).OfType<string>()];
    }

    private static string? TagValue(PolicyField field)
    {
        if (!field.Node.IsNull)
        {
            return field.Text();
        }

        field.Fail("has no value; give one or remove the tag");
        return null;
    }
}
