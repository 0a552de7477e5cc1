using ScaleFunctions.Core.Policies.Schemas;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds where the numbers of a signal come from: one of <c>metric</c>, <c>queue</c>, <c>query</c>, <c>formula</c>.</summary>
internal static class SignalSourceBinding
{
    public const int LongestId = 2048;

    public const int LongestQuery = 4096;

    /// <summary>Azure refuses more in one call.</summary>
    private const int MaximumDimensions = 10;

    public static readonly string[] Sources = ["metric", "queue", "query", "formula"];

    /// <summary>Fields that say more about one source; beside another they would say nothing.</summary>
    private static readonly (string Source, string[] Fields)[] Parts =
    [
        ("metric", ["namespace", "aggregation", "dimensions", "perInstance", "resource", "region"]),
        ("query", ["workspace"]),
    ];

    /// <summary>What belongs to the samples of a source; a formula has those of its signals.</summary>
    private static readonly string[] OfSamples = ["window", "maximumAge", "zero"];

    private static readonly FieldNames QueueNames = FieldNames.Of(PolicyShapesJson.Default.QueueOfAccount);

    private static readonly (string Word, MetricAggregation Value)[] Aggregations =
        [.. Enum.GetValues<MetricAggregation>().Select(value => (MetricSelector.Word(value), value))];

    private static SignalSource Nothing { get; } = new SignalSource.Metric(new MetricSelector { Name = "" });

    public static SignalSource Bind(PolicyField item, PolicyFields fields)
    {
        var given = Sources.Where(fields.Has).ToList();
        if (given.Count != 1)
        {
            item.Fail(given.Count == 0
                ? $"reads nothing; give one of {Quoted.List(Sources)}"
                : $"has both '{given[0]}' and '{given[1]}'; a signal has one source");
            return Nothing;
        }

        foreach (var (source, parts) in Parts.Where(part => part.Source != given[0]))
        {
            Refuse(fields, parts, $"belongs to '{source}', which this signal does not have");
        }

        if (given[0] == "formula")
        {
            Refuse(fields, OfSamples, "is about samples; a formula has none of its own, so give it to the signals it uses");
        }

        return given[0] switch
        {
            "queue" => Queue(fields.Optional("queue")),
            "query" => Query(fields),
            "formula" => FormulaBinding.Bind(fields.Optional("formula")),
            _ => Metric(fields),
        };
    }

    private static void Refuse(PolicyFields fields, string[] names, string why)
    {
        foreach (var name in names.Where(fields.Has))
        {
            fields.Optional(name)?.Fail(why);
        }
    }

    private static SignalSource.Metric Metric(PolicyFields fields)
    {
        var selector = new MetricSelector
        {
            Name = fields.Required("metric")?.Text() ?? "",
            Namespace = fields.Optional("namespace")?.Text() ?? "",
            Aggregation = fields.Optional("aggregation")?.Choice(Aggregations) ?? MetricAggregation.Average,
            Dimensions = fields.Optional("dimensions") is { } dimensions ? Dimensions(dimensions) : [],
        };
        if (fields.Optional("perInstance") is { } perInstance && !selector.IsSplit)
        {
            perInstance.Fail("needs the dimension that tells instances apart, such as dimensions: { VMName: \"*\" }");
        }

        if (fields.Optional("region") is { } place && !fields.Has("resource"))
        {
            place.Fail("is where another resource is; give 'resource' too, or remove it");
        }

        return new SignalSource.Metric(selector)
        {
            Resource = fields.Optional("resource") is { } resource ? Resource(resource) : "",
            Region = fields.Optional("region") is { } region ? Matching(region, char.IsAsciiLetterOrDigit, "the name of an Azure region without blanks, such as westeurope") : "",
            Combination = fields.Optional("perInstance") is { } combination ? Combination(combination) : InstanceCombination.Average,
        };
    }

    private static string Resource(PolicyField field)
    {
        var id = field.Text(LongestId);
        if (id is not null && !MonitoredResource.TryParse(id, "", out _))
        {
            field.MustBe("the whole id of a resource, such as /subscriptions/…/resourceGroups/…/providers/Microsoft.Sql/servers/…/databases/…");
            return "";
        }

        return id ?? "";
    }

    private static List<MetricDimension> Dimensions(PolicyField field)
    {
        List<MetricDimension> dimensions = [];
        if (field.Node is not PolicyNode.Mapping mapping || mapping.Fields.Count is 0 or > MaximumDimensions)
        {
            field.MustBe($"1 to {MaximumDimensions} names of dimensions with values, such as {{ Status: \"500\" }}");
            return dimensions;
        }

        foreach (var (key, value) in mapping.Fields)
        {
            // The name stands in the filter as it is, so it must not be able to end there.
            var name = Matching(
                new PolicyField(key, $"{field.Path} (name of a dimension)", field.Errors),
                each => char.IsAsciiLetterOrDigit(each) || each is '_' or '.' or '/' or ':' or '-',
                "letters, digits, '_', '.', '/', ':' or '-'");
            var values = Values(new PolicyField(value, $"{field.Path}.{key.Text}", field.Errors));
            if (dimensions.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                field.Errors.Add(key, $"the dimension {Quoted.Text(name)} is already given; names differ by more than upper and lower case");
            }

            dimensions.Add(new MetricDimension(name, values));
        }

        return dimensions;
    }

    private static List<string> Values(PolicyField field)
    {
        var items = field.Node is PolicyNode.Sequence ? field.Items() ?? [] : [field];
        var values = items.Select(item => item.Text()).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (values.Count > 1 && values.Contains("*"))
        {
            field.Fail("has \"*\" beside other values; \"*\" reads every value by itself, so give it alone");
        }

        return values is ["*"] ? [] : values;
    }

    private static InstanceCombination Combination(PolicyField field)
    {
        var text = field.Text() ?? "average";
        switch (text)
        {
            case "average":
                return InstanceCombination.Average;
            case "maximum":
                return InstanceCombination.Maximum;
            case "minimum":
                return new InstanceCombination(0);
        }

        if (text[0] == 'p' && NumberFields.Parse(text[1..]) is { } percentile and >= 1 and < 100)
        {
            return new InstanceCombination(percentile);
        }

        field.MustBe("average, minimum, maximum or a percentile from p1 to p99.999, such as p95");
        return InstanceCombination.Average;
    }

    private static SignalSource Queue(PolicyField? field)
    {
        if (field?.Fields(QueueNames) is not { } fields)
        {
            return Nothing;
        }

        var account = fields.Required("account") is { } of
            ? Matching(of, each => char.IsAsciiLetterLower(each) || char.IsAsciiDigit(each), "the name of a storage account: 3 to 24 small letters and digits", 3, 24)
            : "";
        var name = fields.Required("name") is { } queue
            ? Matching(queue, each => char.IsAsciiLetterLower(each) || char.IsAsciiDigit(each) || each == '-', "the name of a queue: 3 to 63 small letters, digits and '-'", 3, 63)
            : "";
        var measure = fields.Optional("measure")?.Choice(("length", QueueMeasure.Length), ("age", QueueMeasure.Age));
        return new SignalSource.Queue(account, name, measure ?? QueueMeasure.Length);
    }

    private static SignalSource.Query Query(PolicyFields fields) => new(
        fields.Optional("query")?.Lines(LongestQuery) ?? "",
        fields.Required("workspace")?.Text() ?? "");

    private static string Matching(PolicyField field, Predicate<char> isPart, string expected, int shortest = 1, int longest = 90)
    {
        var text = field.Text();
        if (text is null || (text.Length >= shortest && text.Length <= longest && text.All(each => isPart(each))))
        {
            return text ?? "";
        }

        field.MustBe(expected);
        return "";
    }
}
