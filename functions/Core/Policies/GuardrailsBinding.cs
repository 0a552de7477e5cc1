using System.Globalization;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: Guardrails</c>.</summary>
internal static class GuardrailsBinding
{
    public const string Kind = "Guardrails";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.Guardrails);

    private static readonly FieldNames FleetNames = FieldNames.Of(PolicyShapesJson.Default.Fleet);

    private static readonly FieldNames PriceNames = FieldNames.Of(PolicyShapesJson.Default.Prices);

    /// <summary>Of a fleet: far beyond what one installation is made for, and far below what a sum may hold.</summary>
    private const int MostInstances = 10_000_000;

    private const double HighestSpend = 1e9;

    private const double LeastAmount = 0.0001;

    private static readonly string[] BoundedKinds = [HorizontalScalingBinding.Kind, LoadBasedScalingBinding.Kind, PredictiveScalingBinding.Kind, VerticalScalingBinding.Kind, ResourceRightsizingBinding.Kind, UsageOptimizationBinding.Kind];

    public static GuardrailsPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        if (!Names.Allowed.Any(name => name is not ("workloads" or "prices") && fields.Has(name)))
        {
            spec.Fail($"bounds nothing; give at least one of {Quoted.List(Names.Allowed.Where(name => name is not ("workloads" or "prices")))}");
        }

        var prices = fields.Optional("prices") is { } list ? Prices(list) : null;
        var fleet = fields.Optional("fleet") is { } caps ? Fleet(caps, fields.Has("prices")) : null;

        return new GuardrailsPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workloads = [.. (fields.Optional("workloads")?.Items() ?? []).Select(item => item.Name()).OfType<string>()],
            MaximumInstances = fields.Optional("maximumInstances")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances),
            MaxActionsPerDay = fields.Optional("maxActionsPerDay")?.WholeNumber(HorizontalScalingBinding.FewestActions, HorizontalScalingBinding.MostActions),
            MaxLoweredPercentPerHour = fields.Optional("maxLoweredPercentPerHour")?.WholeNumber(1, 100),
            Kinds = fields.Optional("kinds")?.Items()?.Select(Allowed).OfType<string>().ToList(),
            ResourceKinds = fields.Optional("resourceKinds")?.Items()?.Select(item => item.Name()).OfType<string>().ToList(),
            Mode = fields.Optional("mode")?.Choice(("observe", PolicyMode.Observe), ("act", PolicyMode.Act)),
            Skus = fields.Optional("skus")?.Items()?.Select(NamePattern.Read).OfType<string>().ToList(),
            Regions = fields.Optional("regions")?.Items()?.Select(NamePattern.Read).OfType<string>().ToList(),
            Fleet = fleet,
            Prices = prices,
            Rollout = fields.Optional("rollout") is { } rollout ? RingsBinding.Bind(rollout, header, fields.Has("workloads")) : null,
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    private static FleetCaps? Fleet(PolicyField field, bool hasPrices)
    {
        if (field.Fields(FleetNames) is not { } fields)
        {
            return null;
        }

        var spend = fields.Optional("spendPerHour");
        if (spend is not null && !hasPrices)
        {
            spend.Fail("needs 'spec.prices', at least its currency: Azure's retail prices are taken where no own are given");
        }

        if (!FleetNames.Allowed.Any(fields.Has))
        {
            field.Fail($"bounds nothing; give at least one of {Quoted.List(FleetNames.Allowed)}");
        }

        return new FleetCaps(
            fields.Optional("maximumInstances")?.WholeNumber(1, MostInstances), spend is null ? null : Amount(spend));
    }

    private static PriceList? Prices(PolicyField field)
    {
        if (field.Fields(PriceNames) is not { } fields)
        {
            return null;
        }

        var currency = fields.Required("currency")?.Currency();

        // A list without prices says in which currency Azure's own are taken.
        var list = fields.Optional("perHour");
        var asOfField = list is null ? fields.Optional("asOf") : fields.Required("asOf");
        var asOf = default(DateOnly);
        if (asOfField?.Text() is { } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf))
        {
            asOfField.MustBe("the day the prices are of, such as 2026-11-01");
        }

        var perHour = list is null ? [] : PerHour(list);
        return currency is null ? null : new PriceList(currency, asOf, perHour);
    }

    private static List<KeyValuePair<string, decimal>> PerHour(PolicyField field)
    {
        if (field.Node is not PolicyNode.Mapping { Fields.Count: > 0 } mapping)
        {
            field.MustBe("sizes with prices, such as { Standard_D4s_v5: 0.21 }");
            return [];
        }

        List<KeyValuePair<string, decimal>> prices = [];
        foreach (var (key, value) in mapping.Fields)
        {
            var sku = NamePattern.Read(new PolicyField(key, $"{field.Path} (a size)", field.Errors));
            var price = Amount(new PolicyField(value, $"{field.Path}.{key.Text}", field.Errors));
            if (sku is not null && price is { } known)
            {
                prices.Add(KeyValuePair.Create(sku, known));
            }
        }

        return prices;
    }

    /// <summary>Amounts are dealt out in hundredths of a cent: what is less would count as nothing, and be divided by.</summary>
    private static decimal? Amount(PolicyField field)
    {
        var amount = field.PositiveNumber(HighestSpend);
        if (amount < LeastAmount)
        {
            field.MustBe("at least 0.0001");
            return null;
        }

        return (decimal?)amount;
    }

    private static string? Allowed(PolicyField field)
    {
        var text = field.Text();
        if (text is null || BoundedKinds.Contains(text))
        {
            return text;
        }

        field.MustBe($"one of {Quoted.List(BoundedKinds)}");
        return null;
    }
}
