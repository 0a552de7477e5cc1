using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: CostMonitoring</c>.</summary>
internal static class CostMonitoringBinding
{
    public const string Kind = "CostMonitoring";

    public const double MostPerHour = 1e9;

    internal const string CurrencyPattern = "^[A-Z]{3}$";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.CostMonitoring);

    private static readonly FieldNames ScopeNames = FieldNames.Of(PolicyShapesJson.Default.CostScope);

    private static readonly FieldNames BandNames = FieldNames.Of(PolicyShapesJson.Default.CostBand);

    public static CostMonitoringPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var usual = new CostMonitoringPolicy { Name = header.Name, Source = header.Source };
        var band = fields.Optional("anomaly")?.Fields(BandNames);
        return usual with
        {
            Owner = header.Owner,
            Scopes = fields.Optional("scopes") is { } scopes ? Scopes(scopes) : usual.Scopes,
            Currency = fields.Optional("currency")?.Currency() ?? usual.Currency,
            Basis = fields.Optional("basis")?.Choice(("retail", CostBasis.Retail), ("negotiated", CostBasis.Negotiated), ("amortised", CostBasis.Amortised)) ?? usual.Basis,
            AnomalyAbove = band?.Optional("above")?.Share() ?? usual.AnomalyAbove,
            AnomalyPerHour = (decimal)(band?.Optional("perHour")?.PositiveNumber(MostPerHour) ?? (double)usual.AnomalyPerHour),
            Origins = header.Origins,
        };
    }

    private static List<MonitoredScope> Scopes(PolicyField field)
    {
        var scopes = new List<MonitoredScope>();
        foreach (var item in field.Items() ?? [])
        {
            if (Scope(item) is not { } scope)
            {
                continue;
            }

            if (scopes.Exists(each => each.Name == scope.Name))
            {
                item.Fail($"is called {Quoted.Text(scope.Name)} like another one; spend is told by the name");
            }

            scopes.Add(scope);
        }

        return scopes;
    }

    private static MonitoredScope? Scope(PolicyField item)
    {
        if (item.Fields(ScopeNames) is not { } fields)
        {
            return null;
        }

        var name = fields.Required("name")?.Name() ?? "";
        if (fields.Has("resourceGroup") && !fields.Has("subscription"))
        {
            fields.Optional("resourceGroup")!.Fail("is without a 'subscription'; groups of the same name are in many");
        }

        if (fields.Has("managementGroup") && fields.Has("subscription"))
        {
            fields.Optional("managementGroup")!.Fail("stands beside a 'subscription'; give one of both");
        }

        return new MonitoredScope(name)
        {
            Subscription = fields.Optional("subscription") is { } subscription ? WorkloadBinding.Subscription(subscription) : "",
            ResourceGroup = fields.Optional("resourceGroup") is { } group ? WorkloadBinding.ResourceGroup(group) : "",
            ManagementGroup = fields.Optional("managementGroup") is { } management ? WorkloadBinding.ManagementGroup(management) : "",
            Tags = fields.Optional("tags") is { } tags ? WorkloadBinding.Tags(tags) : new Dictionary<string, IReadOnlyList<string>>(),
        };
    }
}
