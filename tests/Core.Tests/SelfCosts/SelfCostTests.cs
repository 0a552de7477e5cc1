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

    private static SelfCostLine Line(MonthlyUsage usage, string item) => SelfCostStatement.Of(usage).Lines.Single(line => line.Item == item);

    private static Dictionary<UsageKind, long> Counts(params (UsageKind Kind, long Count)[] counts) => counts.ToDictionary(each => each.Kind, each => each.Count);
}
