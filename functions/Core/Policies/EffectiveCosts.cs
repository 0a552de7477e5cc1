using System.Globalization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Lists what is in force of policies of money and of what stands about: those that belong to no workload.</summary>
public static class EffectiveCosts
{
    public static IReadOnlyList<EffectiveValue> Of(PolicySet policies) =>
    [
        .. policies.CostMonitoring.SelectMany(Of),
        .. policies.BudgetAlerts.SelectMany(Of),
        .. policies.UsageFindings.SelectMany(Of),
        .. policies.AlertChannels.SelectMany(Of),
    ];

    private static IEnumerable<EffectiveValue> Of(CostMonitoringPolicy policy)
    {
        foreach (var (scope, index) in policy.Scopes.Select((scope, index) => (scope, index)))
        {
            yield return Made($"spec.scopes[{index}]", $"{scope.Name}: {Text(scope)}", policy.Origins.Of($"spec.scopes[{index}].name"));
        }

        yield return Value("spec.currency", policy.Currency);
        yield return Value("spec.basis", policy.Basis.ToString().ToLowerInvariant());
        yield return Value("spec.anomaly.above", Share(policy.AnomalyAbove));
        yield return Value("spec.anomaly.perHour", Amount(policy.AnomalyPerHour, policy.Currency));

        EffectiveValue Value(string path, string value) => Made(path, value, policy.Origins.Of(path));

        EffectiveValue Made(string path, string value, PolicySource? origin) => new(CostMonitoringBinding.Kind, policy.Name, path, value, origin, "");
    }

    private static IEnumerable<EffectiveValue> Of(BudgetAlertsPolicy policy)
    {
        yield return Value("spec.scope", policy.Scope);
        yield return Made("spec.tags", policy.Tags.Count == 0 ? EffectivePolicies.None : SelectorText.Of(policy.Tags), null);
        yield return policy.Amount is { } amount ? Value("spec.amount", Amount(amount, policy.Currency)) : Value("spec.budget", policy.Budget);
        yield return Value("spec.period", policy.Period.ToString().ToLowerInvariant());
        yield return Value("spec.reservations", policy.IsAmortized ? "amortized" : "whenBought");
        yield return Value("spec.mode", policy.Mode == PolicyMode.Act ? "act" : "observe");
        yield return Made("spec.thresholds.actual", Percentages(policy.ActualThresholds), policy.Origins.Of("spec.thresholds.actual[0]"));
        yield return Made("spec.thresholds.forecast", Percentages(policy.ForecastThresholds), policy.Origins.Of("spec.thresholds.forecast[0]"));
        foreach (var (step, index) in policy.Ladder.Select((step, index) => (step, index)))
        {
            var path = $"spec.ladder[{index}]";
            yield return Value($"{path}.step", BudgetAlertsBinding.WordOf(step.Kind));
            yield return Made($"{path}.when", Text(step.When), policy.Origins.Of($"{path}.when.forecast") ?? policy.Origins.Of($"{path}.when.actual"));
            if (!step.Acts)
            {
                continue;
            }

            yield return Made($"{path}.select", SelectorText.Of(step.Select), null);
            if (Does(step) is { Length: > 0 } does)
            {
                yield return Made($"{path}.does", does, policy.Origins.Of($"{path}.off[0]") ?? policy.Origins.Of($"{path}.maximum") ?? policy.Origins.Of($"{path}.maximumShare"));
            }

            yield return Value($"{path}.approval", step.NeedsApproval ? "required" : EffectivePolicies.None);
            yield return Value($"{path}.notice", DurationText.Of(step.Notice));
            yield return Value($"{path}.grace", DurationText.Of(step.Grace));
        }

        yield return Value("spec.undo.forecastBelow", Percentages([policy.Undo.Below]));
        yield return Value("spec.undo.for", DurationText.Of(policy.Undo.For));
        yield return Value("spec.undo.firstShare", Share(policy.Undo.FirstShare));
        yield return Value("spec.undo.restAfter", DurationText.Of(policy.Undo.RestAfter));
        yield return Made("spec.channels", policy.TellsBy.Count == 0 ? EffectivePolicies.None : string.Join(", ", policy.TellsBy.Select(Text)), policy.Origins.Of("spec.channels[0]"));

        EffectiveValue Value(string path, string value) => Made(path, value, policy.Origins.Of(path));

        EffectiveValue Made(string path, string value, PolicySource? origin) => new(BudgetAlertsBinding.Kind, policy.Name, path, value, origin, "");
    }

    private static IEnumerable<EffectiveValue> Of(UsageFindingsPolicy policy)
    {
        yield return Value("select", SelectorText.Of(policy.Select));
        yield return Value("notifyAfter", DurationText.Of(policy.NotifyAfter));
        yield return Value("deallocatedAfter", DurationText.Of(policy.DeallocatedAfter));
        yield return Value("snapshotsOlderThan", DurationText.Of(policy.SnapshotsOlderThan));
        yield return Value("idleBelow", Percentages([policy.IdleBelow]));
        yield return Value("within", DurationText.Of(policy.Within));
        yield return Value("currency", policy.Currency);

        // The place of the policy, for its single values keep none.
        EffectiveValue Value(string field, string value) =>
            new(UsageOptimizationBinding.Kind, policy.Name, $"spec.findings.{field}", value, policy.Source, "");
    }

    /// <summary>Of each channel the names of the settings that hold its secrets, which are none themselves.</summary>
    private static IEnumerable<EffectiveValue> Of(AlertChannelsPolicy policy)
    {
        foreach (var (name, channel) in policy.Channels.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            yield return Value($"spec.channels.{name}", Text(channel));
        }

        yield return Value("spec.default", policy.Default.Count == 0 ? EffectivePolicies.None : string.Join(", ", policy.Default));
        foreach (var (owner, channels) in policy.Owners.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            yield return Value($"spec.owners.{owner}", string.Join(", ", channels));
        }

        EffectiveValue Value(string path, string value) => new(AlertChannelsBinding.Kind, policy.Name, path, value, policy.Source, "");
    }

    private static string Text(AlertChannel channel) =>
        channel.Setting.Length == 0 ? channel.Type : $"{channel.Type} by {channel.Setting}{(channel.KeySetting.Length == 0 ? "" : $", key {channel.KeySetting}")}";

    private static string Text(MonitoredScope scope)
    {
        var place = scope.ManagementGroup.Length > 0 ? $"management group {scope.ManagementGroup}"
            : scope.Subscription.Length == 0 ? "each subscription"
            : $"subscription {scope.Subscription}{(scope.ResourceGroup.Length > 0 ? $", resource group {scope.ResourceGroup}" : "")}";
        return scope.Tags.Count == 0 ? place : $"{place}, {SelectorText.Of(scope.Tags)}";
    }

    private static string Text(BudgetTrigger when) => string.Join(" or ",
    [
        .. when.Actual is { } actual ? (string[])[$"spent {Percentages([actual])}"] : [],
        .. when.Forecast is { } forecast ? (string[])[$"expected {Percentages([forecast])}"] : [],
    ]);

    private static string Does(BudgetStep step) => step switch
    {
        { Off.Count: > 0 } => $"off {string.Join(", ", step.Off.Select(window => $"{window.Window.Text} {window.Zone.Id}"))}",
        { Maximum: { } maximum } => $"{maximum} instances at most",
        { MaximumShare: { } share } => $"{Share(share)} of the maximum",
        _ => "",
    };

    private static string Percentages(IReadOnlyList<double> values) =>
        values.Count == 0 ? EffectivePolicies.None : string.Join(", ", values.Select(value => $"{EffectivePolicies.Number(value)}%"));

    private static string Share(double share) => $"{EffectivePolicies.Number(100 * share)}%";

    private static string Amount(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.##########} {currency}");
}
