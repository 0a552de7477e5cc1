using System.Globalization;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.SelfCosts;

/// <summary>What this tool itself costs a month.</summary>
/// <param name="Lines">By what is used.</param>
/// <param name="Basis">Where the quantities come from.</param>
/// <param name="Total">The sum of what has a price.</param>
/// <param name="WithoutPrice">Lines that are not in it.</param>
public sealed record SelfCostStatement(IReadOnlyList<SelfCostLine> Lines, string Basis, Money Total, int WithoutPrice)
{
    /// <summary>What the templates deploy: an instance each for ScaleTick and Evaluate, of 2 GB.</summary>
    private const int AlwaysReady = 2;

    private const decimal Gigabytes = 2;

    /// <summary>The least time of an execution that is billed, in seconds.</summary>
    private const decimal LeastSeconds = 1;

    /// <summary>The Functions host asks each of two queues every 2 s when there is nothing in them (host.json), and takes and deletes each message.</summary>
    private const decimal HostPolls = 2 * 1800 * MonthlyUsage.Hours;

    /// <summary>Assumed sizes, in bytes: what the host tells of an execution, a span, and a value of one of 20 series each minute.</summary>
    private const decimal ExecutionBytes = 3_000;
    private const decimal SpanBytes = 1_000;
    private const decimal MetricBytes = 20 * 1_000 * MonthlyUsage.Hours * 60;

    private const decimal BytesOfGigabyte = 1_000_000_000;

    public static SelfCostStatement Of(MonthlyUsage usage)
    {
        var executions = usage.Counts.GetValueOrDefault(UsageKind.Executions);
        var seconds = Math.Max(LeastSeconds * executions, usage.Counts.GetValueOrDefault(UsageKind.ExecutionMilliseconds) / 1000);
        IReadOnlyList<SelfCostLine> lines =
        [
            Counted(usage, "Resource Manager reads", "call", UsageKind.ArmReads, null),
            Counted(usage, "Resource Manager writes", "call", UsageKind.ArmWrites, null),
            Counted(usage, "metric reads", "call", UsageKind.MetricReads, SelfPrices.MetricReads),
            Counted(usage, "log queries, prices and other reads", "call", UsageKind.OtherReads, null),
            Counted(usage, "state in a table", "request", UsageKind.TableTransactions, SelfPrices.TableTransactions, usage.TableTransactions, Formula(usage)),
            Counted(usage, "work queues, by the app", "request", UsageKind.QueueTransactions, SelfPrices.QueueTransactions, usage.QueueTransactions, Formula(usage)),
            Line("work queues, by the Functions host", HostPolls + (2 * executions), "request", "estimated: a poll of each queue every 2 s, and two requests a message", SelfPrices.QueueTransactions),
            Counted(usage, "listings of policies in a container", "request", UsageKind.BlobListings, SelfPrices.BlobListings),
            Counted(usage, "reads of policies in a container", "request", UsageKind.BlobReads, SelfPrices.BlobReads),
            Counted(usage, "function executions", "execution", UsageKind.Executions, SelfPrices.Executions),
            Line("time of executions", seconds * Gigabytes, "GB-s", $"{usage.Basis}, at least 1 s each, instances of 2 GB", SelfPrices.AlwaysReadyExecutionGigabyteSeconds),
            Line("two instances kept warm", AlwaysReady * Gigabytes * MonthlyUsage.Hours * 3600, "GB-s", "estimated: as the templates deploy them", SelfPrices.AlwaysReadyBaselineGigabyteSeconds),
            Line(
                "telemetry", ((executions * ExecutionBytes) + (usage.Counts.GetValueOrDefault(UsageKind.Spans) * SpanBytes) + MetricBytes) / BytesOfGigabyte, "GB",
                "estimated: 3 kB an execution, 1 kB a span, 20 kB of metrics a minute", SelfPrices.TelemetryGigabytes),
            new("dead-man alert", 1, "rule", "estimated: as the templates deploy it", new SelfAmount.Missing("the price of a log alert each minute is not in the table")),
        ];
        return new SelfCostStatement(
            lines, usage.Basis,
            new Money(lines.Select(line => line.Amount).OfType<SelfAmount.Known>().Sum(known => known.Money.Amount), SelfPrices.Currency),
            lines.Count(line => line.Amount is SelfAmount.Missing));
    }

    /// <summary>A line of what was counted; by the formula where it was not, and without an amount where there is none.</summary>
    private static SelfCostLine Counted(
        MonthlyUsage usage, string item, string unit, UsageKind kind, SelfPrice? price, decimal? otherwise = null, string formula = "") =>
        usage.Counts.TryGetValue(kind, out var count) ? Line(item, count, unit, usage.Basis, price)
        : otherwise is { } estimated ? Line(item, estimated, unit, formula, price)
        : Line(item, 0, unit, $"none, {usage.Basis}", price);

    private static SelfCostLine Line(string item, decimal quantity, string unit, string basis, SelfPrice? price) => new(
        item, quantity, unit, basis,
        price is null ? new SelfAmount.Free() : new SelfAmount.Known(new Money(Math.Round(price.Of(quantity), 2), SelfPrices.Currency), price));

    private static string Formula(MonthlyUsage usage) => string.Create(
        CultureInfo.InvariantCulture, $"estimated for {usage.Targets} targets in {usage.Batches} batches: not counted, or not in Azure Storage");
}
