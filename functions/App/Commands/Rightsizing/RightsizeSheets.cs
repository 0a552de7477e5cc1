using System.Globalization;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>The parts of a rightsizing as rows of text.</summary>
internal static class RightsizeSheets
{
    public static Sheet Changes(IEnumerable<RightsizingRecord> findings, int most)
    {
        var sheet = new Sheet("resource", "group", "has", "should have", "saves a month", "risk", "days", "score");
        foreach (var each in findings.Take(most))
        {
            sheet.Add(each.Name, each.ResourceGroup, Has(each), ShouldHave(each), Saving(each), Risk(each), $"{each.ConfidenceDays:0.#}", Text($"{each.Score:0.0}"));
        }

        return sheet;
    }

    public static Sheet Kept(IEnumerable<RightsizingRecord> findings, int most)
    {
        var sheet = new Sheet("resource", "group", "has", "why it stays");
        foreach (var each in findings.Take(most))
        {
            sheet.Add(each.Name, each.ResourceGroup, Has(each), each.Why);
        }

        return sheet;
    }

    /// <summary>The same with the figures it rests on: what was used of what there is, and what forbids less.</summary>
    public static Sheet KeptWithFigures(IEnumerable<RightsizingRecord> findings, int most)
    {
        var sheet = new Sheet("resource", "group", "has", "processors", "memory of an instance", "what forbids less", "why it stays");
        foreach (var each in findings.Take(most))
        {
            sheet.Add(each.Name, each.ResourceGroup, Has(each), Processors(each), Memory(each), string.Join("; ", each.Forbidden), each.Why);
        }

        return sheet;
    }

    /// <summary>Such as <c>10 used, 11 in bursts, at most 13; 12.5 needed of 16 left after a loss, 20 there are</c>.</summary>
    public static string Processors(RightsizingRecord each) => each.CoresNeeded is null ? "" : Text(
        $"{each.CoresUsed:0.##} used, {each.CoresInBursts:0.##} in bursts, at most {each.CoresHighest:0.##}; {each.CoresNeeded:0.##} needed{(each.FollowsLoad ? ", and the count follows the load" : Text($" of {each.CoresAfterLoss:0.##} cores"))}")
        + (!each.FollowsLoad && each.CoresAfterLoss < each.Cores ? Text($" left after a loss ({each.Cores:0.##} there are)") : "");

    public static string Memory(RightsizingRecord each) => each.MemoryNeeded is null ? "" : Text(
        $"{each.MemoryUsed:0.##} used, at most {each.MemoryHighest:0.##}; {each.MemoryNeeded:0.##} needed of {each.Memory:0.##} GiB");

    public static Sheet Suppressed(IEnumerable<RightsizingRecord> findings)
    {
        var sheet = new Sheet("resource", "has", "would have", "would save a month", "why not told");
        foreach (var each in findings)
        {
            sheet.Add(each.Name, Has(each), ShouldHave(each), Saving(each), each.Why);
        }

        return sheet;
    }

    public static Sheet NotJudged(RightsizeView view)
    {
        var sheet = new Sheet("not judged because", "resources", "for example", "why");
        foreach (var each in view.NotJudged)
        {
            sheet.Add(Word(each.Reason), $"{each.Count}", each.Example, each.Why);
        }

        return sheet;
    }

    /// <summary>What of disks and networks was not looked at although the rest was, counted.</summary>
    public static Sheet PartsNotJudged(RightsizeView view)
    {
        var sheet = new Sheet("not judged", "resources", "for example");
        foreach (var part in view.Findings.SelectMany(each => each.PartsNotJudged.Select(part => (Part: part, each.Name))).GroupBy(each => each.Part).OrderByDescending(group => group.Count()))
        {
            sheet.Add(part.Key, Text($"{part.Count()}"), part.First().Name);
        }

        return sheet;
    }

    /// <summary>Everything, a row for each resource.</summary>
    public static Sheet Everything(RightsizeView view)
    {
        var sheet = new Sheet(
            "verdict", "subscription", "resource_group", "resource", "size", "instances", "to_size", "to_instances", "cost_now", "cost_then", "saving_low", "saving_high",
            "currency", "price_basis", "prices_as_of", "risk", "confidence_days", "score", "cores_used", "cores_in_bursts", "memory_used_gib", "not_judged", "why");
        foreach (var each in view.Findings)
        {
            sheet.Add(
                Text($"{each.Verdict}"), each.Subscription, each.ResourceGroup, each.Name, each.Size, Text($"{each.Instances}"), each.ToSize ?? "", Text($"{each.ToInstances}"),
                Amount(each.CostNow), Amount(each.CostThen), Amount(each.SavingLow), Amount(each.SavingHigh), each.CostNow?.Currency ?? "", Text($"{each.PriceBasis}"),
                each.PricesAsOf is { } day ? $"{day:yyyy-MM-dd}" : "", Text($"{each.Risk}"), Text($"{each.ConfidenceDays}"), Text($"{each.Score}"), Text($"{each.CoresUsed}"),
                Text($"{each.CoresInBursts}"), Text($"{each.MemoryUsed}"), Text($"{each.NotJudged}"), each.Why);
        }

        return sheet;
    }

    public static string Total(RightsizeView view) => view.SavingPerMonth.Count == 0 ? "nothing" : string.Join(" and ", view.SavingPerMonth.Select(sum =>
        Text(sum.Low == sum.High ? $"{sum.High:#,0} {sum.Currency}" : (FormattableString)$"{sum.Low:#,0} to {sum.High:#,0} {sum.Currency}")));

    /// <summary>Prices differ by kind and day, and whoever decides on them must know.</summary>
    public static string Ground(RightsizeView view)
    {
        var priced = view.Findings.Where(each => each.PricesAsOf is not null).ToList();
        var bases = priced.Select(each => each.PriceBasis).Distinct().Select(basis => basis switch
        {
            PriceBasis.Declared => "prices your guardrails declare",
            PriceBasis.Retail => "Azure's published prices, without your discounts",
            _ => "declared and published prices",
        });
        return priced.Count == 0 ? "" : $"Amounts rest on {string.Join(" and ", bases)}, of {priced.Min(each => each.PricesAsOf):yyyy-MM-dd}; a month has 730 hours.";
    }

    public static string Has(RightsizingRecord each) => $"{each.Instances} × {each.Size}";

    public static string ShouldHave(RightsizingRecord each) => each.ToMeanInstances is { } mean && Math.Abs(mean - each.ToInstances!.Value) > 0.01
        ? Text($"{each.ToSize}, {mean:0.#} on the average")
        : $"{each.ToInstances} × {each.ToSize}";

    public static string Saving(RightsizingRecord each) => each is not { SavingLow: { } low, SavingHigh: { } high } ? ""
        : high.Amount < 0 ? Text($"costs {-high.Amount:#,0.##} {high.Currency} more")
        : (low.Amount == high.Amount ? Text($"{high.Amount:#,0.##} {high.Currency}") : Text($"{low.Amount:#,0.##} to {high.Amount:#,0.##} {high.Currency}"))
            + (each.SavingLater is not { } later ? "" : each.CommittedUntil is { } until ? Text($", {later.Amount:#,0.##} from {until.AddDays(1):yyyy-MM-dd}") : Text($", {later.Amount:#,0.##} once what is paid in advance ends, and when is not told"));

    public static string Word(NotJudgedReason reason) => reason switch
    {
        NotJudgedReason.UnknownKind => "kind without metrics of use",
        NotJudgedReason.Stopped => "no instance",
        NotJudgedReason.Conflict => "policies contradict",
        NotJudgedReason.NoProcessorMetric => "no processor metric",
        NotJudgedReason.NoMemoryMetric => "no memory metric",
        NotJudgedReason.ShortHistory => "too short a history",
        NotJudgedReason.NotPriced => "no price",
        NotJudgedReason.UnknownSize => "unknown size",
        NotJudgedReason.Burstable => "burstable size",
        NotJudgedReason.UnknownNeeds => "what it needs is not known",
        _ => "could not be read",
    };

    private static string Risk(RightsizingRecord each) => Text($"{each.Risk}").ToLowerInvariant();

    private static string Amount(Money? money) => money is null ? "" : Text($"{money.Amount:0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
