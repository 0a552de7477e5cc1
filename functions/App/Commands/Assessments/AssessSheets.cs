using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>The parts of an assessment as rows of text, for the terminal and the report alike.</summary>
internal static class AssessSheets
{
    public static Sheet Kinds(AssessView view)
    {
        var sheet = new Sheet("kind", "resources", "nobody else scales", "subscriptions");
        foreach (var kind in view.Parts.GroupBy(part => part.ResourceType, StringComparer.OrdinalIgnoreCase).OrderByDescending(kind => kind.Sum(part => part.Count)))
        {
            sheet.Add(Kind(kind.Key), $"{kind.Sum(part => part.Count)}", $"{kind.Sum(part => part.Ours)}", $"{kind.Select(part => part.Subscription).Distinct(StringComparer.OrdinalIgnoreCase).Count()}");
        }

        return sheet;
    }

    public static Sheet Subscriptions(AssessView view)
    {
        var kinds = view.Parts.Select(part => part.ResourceType.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal).ToList();
        var sheet = new Sheet(["subscription", "resources", "nobody else scales", .. kinds.Select(Kind)]);
        foreach (var subscription in view.Parts.GroupBy(part => part.Subscription, StringComparer.OrdinalIgnoreCase))
        {
            sheet.Add([subscription.Key, $"{subscription.Sum(part => part.Count)}", $"{subscription.Sum(part => part.Ours)}",
                .. kinds.Select(kind => $"{subscription.Where(part => part.ResourceType.Equals(kind, StringComparison.OrdinalIgnoreCase)).Sum(part => part.Count)}")]);
        }

        return sheet;
    }

    public static Sheet Owners(AssessView view)
    {
        var sheet = new Sheet("whose", "resources", "for example", "why");
        foreach (var owner in view.Owners)
        {
            sheet.Add(Owner(owner.Kind, owner.Name), $"{owner.Count}", owner.Example, owner.Why);
        }

        return sheet;
    }

    public static Sheet Oversized(AssessView view, int most)
    {
        var sheet = new Sheet("resource", "size", "had", "would do", "too many", "mean CPU %", "a month");
        foreach (var line in view.Oversized.Take(most))
        {
            sheet.Add(line.Name, line.Sku, Had(line), $"{line.Needed}", $"{line.Surplus}", $"{line.MeanPercent:0}", line.PerMonth is { } money ? Text(money) : "not priced");
        }

        return sheet;
    }

    public static Sheet Machines(AssessView view, int most)
    {
        var sheet = new Sheet("machine", "size", "busiest CPU %", "mean CPU %", "ran %", "costs a month", "what");
        foreach (var machine in view.Machines.Take(most))
        {
            var line = machine.Line;
            sheet.Add(
                line.Name, line.Sku, $"{machine.BusiestPercent:0.#}", $"{line.MeanPercent:0.#}", $"{machine.RanPercent:0}", line.PerMonth is { } money ? Text(money) : "not priced", machine.What);
        }

        return sheet;
    }

    public static Sheet Flapping(AssessView view, int most)
    {
        var sheet = new Sheet("resource", "reversals a day", "changes a day", "scaled by");
        foreach (var line in view.Flapping.Take(most))
        {
            sheet.Add(line.Name, $"{line.ReversalsPerDay:0.0}", $"{line.ChangesPerDay:0.0}", line.HasAutoscale ? "Azure autoscale" : "somebody else, or a person");
        }

        return sheet;
    }

    /// <summary>A line for each rule of the lint: an estate has the same mistake in many places.</summary>
    public static Sheet Settings(AssessView view)
    {
        var sheet = new Sheet("finding", "settings", "for example", "what");
        foreach (var rule in view.Autoscale.SelectMany(setting => setting.Findings.Select(finding => (setting, finding))).GroupBy(each => each.finding.Rule).OrderByDescending(rule => rule.Select(each => each.setting).Distinct().Count()))
        {
            sheet.Add(rule.Key, $"{rule.Select(each => each.setting).Distinct().Count()}", rule.First().setting.Name, rule.First().finding.Message);
        }

        return sheet;
    }

    public static Sheet Resets(AssessView view)
    {
        var sheet = new Sheet("resource", "instances", "why");
        foreach (var line in view.Resets)
        {
            sheet.Add(line.Name, $"{line.Instances}", line.Why);
        }

        return sheet;
    }

    public static Sheet NotJudged(AssessView view)
    {
        var sheet = new Sheet("why", "resources", "for example");
        foreach (var reason in view.NotJudged.GroupBy(line => line.Why).OrderByDescending(reason => reason.Count()))
        {
            sheet.Add(reason.Key, $"{reason.Count()}", reason.First().Name);
        }

        return sheet;
    }

    /// <summary>A line for each resource, for spreadsheets.</summary>
    public static Sheet Everything(AssessView view)
    {
        var sheet = new Sheet("finding", "subscription", "resource group", "resource", "size", "region", "instances", "had", "would do", "too many", "a month", "currency", "why");
        foreach (var (finding, line) in view.Oversized.Select(line => ("oversized", line)).Concat(view.Flapping.Select(line => ("flapping", line)))
            .Concat(view.Resets.Select(line => ("reset", line))).Concat(view.NotJudged.Select(line => ("not judged", line))).Concat(view.Machines.Select(machine => (machine.Word, machine.Line))))
        {
            sheet.Add(
                finding, line.Subscription, line.ResourceGroup, line.Name, line.Sku, line.Region, $"{line.Instances}", $"{line.MeanInstances:0.##}", $"{line.Needed}",
                $"{line.Surplus}", $"{line.PerMonth?.Amount:0.00}", line.PerMonth?.Currency ?? "", line.Why);
        }

        return sheet;
    }

    /// <summary>What it had: on the average, or, marked, what it has now.</summary>
    public static string Had(AssessLine line) => line.IsCountAssumed ? $"{line.Instances} now" : $"{line.MeanInstances:0.#}";

    public static string Text(Money money) => $"{money.Amount:#,##0} {money.Currency}";

    public static string Text(IReadOnlyList<Money> sums) => sums.Count == 0 ? "not priced" : string.Join(" and ", sums.Select(Text));

    public static string Kind(string resourceType) => resourceType.ToLowerInvariant() switch
    {
        "microsoft.compute/virtualmachinescalesets" => "scale sets",
        "microsoft.web/serverfarms" => "App Service plans",
        "microsoft.compute/virtualmachines" => "virtual machines",
        _ => resourceType,
    };

    /// <summary>What the amounts rest on, in a sentence.</summary>
    public static string Ground(AssessView view) => view.Prices.Count == 0
        ? "No price was known."
        : $"{string.Join("; ", view.Prices.Select(each => $"{(each.Basis == PriceBasis.Retail ? "Azure's published prices for paying as one goes" : "declared prices")} of {(each.From == each.To ? $"{each.To:yyyy-MM-dd}" : $"{each.From:yyyy-MM-dd} to {each.To:yyyy-MM-dd}")} ({each.Count} resources)"))}, "
            + $"{Core.Assessments.AssessmentTerms.HoursPerMonth} hours a month. Reservations, savings plans and discounts are not in it.";

    /// <summary>Predictive settings in a sentence; empty when there is none.</summary>
    public static string Predictive(AssessView view)
    {
        var (on, forecasting) = (view.Autoscale.Count(each => each.Predictive == PredictiveScaleMode.Enabled), view.Autoscale.Count(each => each.Predictive == PredictiveScaleMode.ForecastOnly));
        return on + forecasting == 0 ? "" : $"Predictive autoscale is on in {on} settings, and only forecasts in {forecasting}.";
    }

    private static string Owner(Core.Targets.OwnerKind kind, string name) => kind switch
    {
        Core.Targets.OwnerKind.Platform => "the platform itself",
        Core.Targets.OwnerKind.Unknown => "not known",
        _ => name,
    };
}
