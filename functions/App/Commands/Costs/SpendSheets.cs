using System.Globalization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Spending;

namespace ScaleFunctions.App.Commands.Costs;

/// <summary>Spend and savings as rows of text.</summary>
internal static class SpendSheets
{
    public static Sheet Reports(IEnumerable<CostReport> reports)
    {
        var sheet = new Sheet(
            "policy", "scope", "month", "so far", "billed", "through", "counted since", "extrapolated", "coverage", "end P50", "end P90", "forecast by", "Azure expects", "an hour", "usual", "basis", "as of");
        foreach (var each in reports)
        {
            sheet.Add(
                each.Policy, each.Name, Month(each.From), each.Why is null ? Money(each.SoFar, each.Currency) : $"missing: {each.Why}", Money(each.Billed, each.Currency), $"{each.BilledThrough:yyyy-MM-dd}",
                Money(each.Counted, each.Currency), Money(each.Extrapolated, each.Currency), each.Coverage is { } part ? Text($"{part * 100:0.#} %") : "", Money(each.EndP50, each.Currency),
                Money(each.EndP90, each.Currency), each.EndBy ?? "", each.AzureEndWhy is null ? Money(each.AzureEnd, each.Currency) : $"missing: {each.AzureEndWhy}",
                Money(each.PerHour, each.Currency), each.NotJudged is null ? Money(each.UsualPerHour, each.Currency) : $"not judged: {each.NotJudged}", Basis(each), Text($"{each.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
        }

        return sheet;
    }

    /// <summary>The resources of a scope, by each policy that tells one of that name.</summary>
    public static Sheet Resources(IEnumerable<CostReport> reports)
    {
        var sheet = new Sheet("policy", "resource", "counted", "instance hours");
        foreach (var report in reports)
        {
            foreach (var line in report.Resources)
            {
                sheet.Add(report.Policy, line.Resource, Money(line.Counted, report.Currency), Text($"{line.InstanceHours:0.##}"));
            }

            foreach (var line in report.Uncounted)
            {
                sheet.Add(report.Policy, line.Resource, $"not counted: {line.Why}", "");
            }
        }

        return sheet;
    }

    public static Sheet Anomalies(IEnumerable<SpendAnomaly> anomalies)
    {
        var sheet = new Sheet("scope", "since", "an hour", "usual", "for", "more an hour", "cause");
        foreach (var each in anomalies)
        {
            foreach (var cause in each.Causes.DefaultIfEmpty(new SpendCause("", 0, "not known")))
            {
                sheet.Add(
                    each.Name, Text($"{each.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), Money(each.PerHour, each.Currency), Money(each.UsualPerHour, each.Currency), cause.Resource,
                    Money(cause.PerHour, each.Currency), cause.What);
            }
        }

        return sheet;
    }

    public static Sheet Savings(IEnumerable<SavingsStatement> statements)
    {
        var sheet = new Sheet("month", "resource", "action", "change", "from", "until", "saved", "confidence", "note");
        foreach (var each in statements)
        {
            foreach (var line in each.Lines)
            {
                sheet.Add(
                    Month(each.From), line.Resource, Text($"{line.Epoch}"), line.Change, Text($"{line.From.UtcDateTime:yyyy-MM-dd HH:mm}"), Text($"{line.Until.UtcDateTime:yyyy-MM-dd HH:mm}"),
                    Money(line.Amount, each.Currency), Word(line.Confidence), line.Note);
            }

            sheet.Add(
                Month(each.From), "total", Text($"{each.Actions}"), "", "", Text($"{each.At.UtcDateTime:yyyy-MM-dd HH:mm}"), Money(each.Total, each.Currency),
                Text($"{Money(each.Reconciled, each.Currency)} of it reconciled with the bill"), each.NotPriced == 0 ? "" : Text($"without {each.NotPriced} that have no price"));
        }

        return sheet;
    }

    /// <summary>Of what the amounts are: what is billed, or list prices, and of which day those are.</summary>
    private static string Basis(CostReport report) =>
        $"{report.Basis.ToString().ToLowerInvariant()}{(report.PriceBasis is { } prices ? Text($", {prices.ToString().ToLowerInvariant()} prices of {report.PricesAsOf:yyyy-MM-dd}") : "")}";

    private static string Word(SavingConfidence confidence) => confidence == SavingConfidence.NotPriced ? "not priced" : confidence.ToString().ToLowerInvariant();

    private static string Month(DateOnly first) => Text($"{first:yyyy-MM}");

    private static string Money(decimal? amount, string currency) => amount is { } known ? Text($"{known:N2} {currency}") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
