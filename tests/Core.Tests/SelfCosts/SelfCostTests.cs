using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.SelfCosts;

public sealed class SelfCostTests
{
    [Fact]
    public void A_month_is_like_the_hours_that_were_counted()
    {
        var days = new[]
        {
            new UsageDay(Some.Noon, Some.Noon.AddHours(1), Counts((UsageKind.MetricReads, 3_000), (UsageKind.Executions, 120))),
            new UsageDay(Some.Noon.AddDays(1), Some.Noon.AddDays(1).AddHours(1), Counts((UsageKind.MetricReads, 5_000))),
        };

        var usage = MonthlyUsage.Measured(days, targets: 60)!;

        Assert.Equal((4_000 * 730, 60 * 730, 2), (usage.Counts[UsageKind.MetricReads], usage.Counts[UsageKind.Executions], usage.Batches));
        Assert.StartsWith("counted over 2 h", usage.Basis, StringComparison.Ordinal);

        // 2.92 million calls, of which the first million is free.
        var line = Line(usage, "metric reads");
        Assert.Equal(19.20m, Assert.IsType<SelfAmount.Known>(line.Amount).Money.Amount);
    }

    [Fact]
    public void Seconds_tell_nothing_of_a_month() => Assert.Null(MonthlyUsage.Measured(
        [new UsageDay(Some.Noon, Some.Noon.AddSeconds(30), Counts((UsageKind.Executions, 5)))], targets: 1));

    [Fact]
    public void What_was_not_counted_in_storage_is_estimated_by_the_formula_and_says_so()
    {
        var usage = MonthlyUsage.Measured([new UsageDay(Some.Noon, Some.Noon.AddHours(1), Counts((UsageKind.Executions, 120)))], targets: 100)!;

        // docs/adr/0006: 100 targets in 2 batches are 222 a minute.
        var line = Line(usage, "state in a table");
        Assert.Equal(222 * 60 * 730, line.Quantity);
        Assert.StartsWith("estimated for 100 targets in 2 batches", line.Basis, StringComparison.Ordinal);
        Assert.Equal(0.35m, Assert.IsType<SelfAmount.Known>(line.Amount).Money.Amount);
    }

    [Fact]
    public void A_missing_price_is_told_and_not_in_the_total()
    {
        var statement = SelfCostStatement.Of(MonthlyUsage.Estimated(Counts(), []));

        Assert.Equal(1, statement.WithoutPrice);
        Assert.Contains(statement.Lines, line => line.Amount is SelfAmount.Missing { Why.Length: > 0 });
        Assert.Equal(statement.Lines.Select(line => line.Amount).OfType<SelfAmount.Known>().Sum(known => known.Money.Amount), statement.Total.Amount);
        Assert.Equal(42.05m, Assert.IsType<SelfAmount.Known>(statement.Lines.Single(line => line.Item == "two instances kept warm").Amount).Money.Amount);
    }

    /// <summary>
    /// By hand, for an hour of a fleet of 10,000 in tables: 7,200 reads of Resource Manager, 12,000 of metrics, 1,300,000 requests
    /// to tables, 30,000 to queues, 120 listings of policies and 12 reads, 12,060 executions of 15,000 s together, 12,300 spans.
    /// </summary>
    [Fact]
    public void A_large_estate_by_hand()
    {
        var statement = Statement(10_000, (UsageKind.ArmReads, 7_200), (UsageKind.MetricReads, 12_000), (UsageKind.TableTransactions, 1_300_000),
            (UsageKind.QueueTransactions, 30_000), (UsageKind.BlobListings, 120), (UsageKind.BlobReads, 12), (UsageKind.Executions, 12_060), (UsageKind.ExecutionMilliseconds, 15_000_000), (UsageKind.Spans, 12_300));

        (string, decimal, decimal)[] expected =
            [
                ("Resource Manager reads", 5_256_000m, 0m), // free
                ("Resource Manager writes", 0, 0),
                ("metric reads", 8_760_000, 77.60m), // 7,760 thousands beyond the first million, at 0.01
                ("log queries, prices and other reads", 0, 0),
                ("state in a table", 949_000_000, 34.16m), // 94,900 × 0.00036 = 34.164
                ("work queues, by the app", 21_900_000, 8.76m), // 2,190 × 0.004
                ("work queues, by the Functions host", 20_235_600, 8.09m), // 3,600 polls an hour and 2 × 12,060, × 730 = 20,235,600; × 0.0000004
                ("listings of policies in a container", 87_600, 0.44m), // 8.76 × 0.05
                ("reads of policies in a container", 8_760, 0), // 0.876 × 0.004
                ("function executions", 8_803_800, 3.52m), // 8.8038 × 0.40
                ("time of executions", 21_900_000, 350.40m), // 15,000 s × 730 × 2 GB × 0.000016
                ("two instances kept warm", 10_512_000, 42.05m), // 2 × 2 GB × 730 × 3,600 × 0.000004
                ("telemetry", 36.2664m, 71.91m), // 26.4114 + 8.979 + 0.876 GB, the first 5 free, at 2.30
                ("dead-man alert", 1, -1), // no price
            ];
        Assert.Equal(expected, statement.Lines.Select(line => (line.Item, line.Quantity, Amount(line))));
        Assert.Equal(596.93m, statement.Total.Amount);
    }

    /// <summary>By hand, the same of a shop of three: an hour of 60 ticks in SQLite.</summary>
    [Fact]
    public void A_small_estate_by_hand()
    {
        var statement = Statement(3, (UsageKind.ArmReads, 180), (UsageKind.MetricReads, 60), (UsageKind.Executions, 181), (UsageKind.ExecutionMilliseconds, 181_000));

        var amounts = statement.Lines.ToDictionary(line => line.Item, line => (line.Quantity, Amount(line)));
        Assert.Equal((43_800m, 0m), amounts["metric reads"]); // within the free million
        Assert.Equal((24m * 60 * 730, 0.04m), amounts["state in a table"]); // 14 + 4 × 1 + 2 × 3 = 24 a minute
        Assert.Equal((5m * 60 * 730, 0.09m), amounts["work queues, by the app"]); // 1 + 4 a minute
        Assert.Equal((2_892_260m, 1.16m), amounts["work queues, by the Functions host"]); // (3,600 + 362) × 730
        Assert.Equal((132_130m, 0.05m), amounts["function executions"]);
        Assert.Equal((264_260m, 4.23m), amounts["time of executions"]); // 181 s × 730 × 2 GB × 0.000016
        Assert.Equal(0m, amounts["telemetry"].Item2); // 0.396 + 0.876 GB of 5 free
        Assert.Equal(0.04m + 0.09m + 1.16m + 0.05m + 4.23m + 42.05m, statement.Total.Amount);
    }

    [Fact]
    public void Nothing_counted_in_an_hour_costs_what_stands_by()
    {
        var statement = Statement(0);

        // 613,200 requests to a table (14 a minute) and 175,200 to queues (4 a minute), 2,628,000 polls, and what is kept warm.
        Assert.Equal(0, statement.Lines.Single(line => line.Item == "function executions").Quantity);
        Assert.Equal(0.02m + 0.07m + 1.05m + 42.05m, statement.Total.Amount);
    }

    [Fact]
    public void Counts_beyond_all_measure_are_no_overflow()
    {
        var statement = Statement(1_000_000, [.. Enum.GetValues<UsageKind>().Select(kind => (kind, long.MaxValue / 2))]);

        Assert.True(statement.Total.Amount > 1_000_000_000m);
    }

    [Fact]
    public void Counts_that_could_not_be_kept_are_there_the_next_time()
    {
        var counter = new UsageCounter();
        counter.Add(UsageKind.ArmReads, 3);
        var taken = counter.Take();
        counter.Add(UsageKind.ArmReads);
        counter.Return(taken);

        Assert.Equal(4, counter.Take()[UsageKind.ArmReads]);
        Assert.Empty(counter.Take());
    }

    private static SelfCostStatement Statement(int targets, params (UsageKind Kind, long Count)[] anHour) =>
        SelfCostStatement.Of(MonthlyUsage.Measured([new UsageDay(Some.Noon, Some.Noon.AddHours(1), Counts(anHour))], targets)!);

    /// <summary>What a line costs; less than nothing when there is no price.</summary>
    private static decimal Amount(SelfCostLine line) => line.Amount switch
    {
        SelfAmount.Known known => known.Money.Amount,
        SelfAmount.Free => 0,
        _ => -1,
    };

    private static SelfCostLine Line(MonthlyUsage usage, string item) => SelfCostStatement.Of(usage).Lines.Single(line => line.Item == item);

    private static Dictionary<UsageKind, long> Counts(params (UsageKind Kind, long Count)[] counts) => counts.ToDictionary(each => each.Kind, each => each.Count);
}
