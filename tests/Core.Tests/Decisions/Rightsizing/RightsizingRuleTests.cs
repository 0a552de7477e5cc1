using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

public sealed class RightsizingRuleTests
{
    private const double Gib = 1024.0 * 1024 * 1024;

    /// <summary>
    /// Ten D4 at 20 % for a week are 8 cores, 4 of 16 GiB each. Upper bounds of buckets: between 8 and 8.4 cores, 4 and 4.2 GiB. With a
    /// fifth free between 10 and 10.5: D2 ⌈5.x⌉ + 1 = 7, which need 4.2/0.8 × max(10/7, 9/6) = 7.9 of 8 GiB at most.
    /// </summary>
    [Fact]
    public void What_is_used_little_is_made_smaller()
    {
        var finding = RightsizingRule.Judge(Known());

        var plan = Assert.IsType<RightsizingVerdict.Recommended>(finding.Verdict).Plan;
        Assert.Equal(("Standard_D2s_v5", 7, 10.0), (plan.Then.Size.Name, plan.Then.Instances, plan.Now.MeanInstances));
        Assert.InRange(finding.Demand!.Processors.Typical, 8, 8.4);
        Assert.InRange(finding.Demand.Memory.Typical, 4, 4.2);
        Assert.Equal((8.0, 7.0), (Math.Round(finding.Demand.Processors.Burst, 6), Math.Round(finding.Demand.Confidence, 3)));
        Assert.Equal((10 - 3.5m) * 0.23m * 730, plan.SavingHigh.Amount);
    }

    [Theory]
    [InlineData(NotJudgedReason.Stopped)]
    [InlineData(NotJudgedReason.UnknownSize)]
    [InlineData(NotJudgedReason.Burstable)]
    [InlineData(NotJudgedReason.UnknownNeeds)]
    [InlineData(NotJudgedReason.NotPriced)]
    [InlineData(NotJudgedReason.Unreadable)]
    [InlineData(NotJudgedReason.NoProcessorMetric)]
    [InlineData(NotJudgedReason.ShortHistory)]
    [InlineData(NotJudgedReason.NoMemoryMetric)]
    public void What_is_not_known_is_not_judged(NotJudgedReason reason)
    {
        var facts = Known();
        var lacking = reason switch
        {
            NotJudgedReason.Stopped => facts with { Target = facts.Target with { Capacity = 0 } },
            NotJudgedReason.UnknownSize => facts with { Target = facts.Target with { Sku = "Standard_D3" } },
            NotJudgedReason.Burstable => facts with { Target = facts.Target with { Sku = "Standard_B2ms" } },
            NotJudgedReason.UnknownNeeds => facts with { Size = new SizeReading.Unreadable("403") },
            NotJudgedReason.NotPriced => facts with { Prices = new Dictionary<string, PriceReading>() },
            NotJudgedReason.Unreadable => facts with { Processors = new MetricSeries.Failed("403") },
            NotJudgedReason.NoProcessorMetric => facts with { Processors = new MetricSeries.Received([]) },
            NotJudgedReason.ShortHistory => facts with { Processors = new MetricSeries.Received([.. Minutes(20).Take(60)]) },
            _ => facts with { Memory = new MetricSeries.Failed("There is no metric 'Available Memory Bytes'.") },
        };

        var not = Assert.IsType<RightsizingVerdict.NotJudged>(RightsizingRule.Judge(lacking).Verdict);

        Assert.Equal(reason, not.Reason);
        Assert.NotEmpty(not.Why);
    }

    /// <summary>An Azure without values for the metric answers an empty series, not a failure.</summary>
    [Fact]
    public void Memory_without_values_is_no_memory_metric() => Assert.Equal(
        "no memory metric: it has no values",
        Assert.IsType<RightsizingVerdict.NotJudged>(RightsizingRule.Judge(Known() with { Memory = new MetricSeries.Received([]) }).Verdict).Why);

    [Fact]
    public void A_suppression_is_told_with_what_it_hides_until_it_ends()
    {
        var policy = ResourceRightsizingPolicy.Usual with { Suppressions = [new Suppression("we*", DateOnly.FromDateTime(Some.Noon.UtcDateTime), "moving")] };

        var suppressed = Assert.IsType<RightsizingVerdict.Suppressed>(RightsizingRule.Judge(Known() with { Policy = policy }).Verdict);

        Assert.Equal(("moving", "Standard_D2s_v5"), (suppressed.By.Reason, suppressed.Plan.Then.Size.Name));
        Assert.IsType<RightsizingVerdict.Recommended>(RightsizingRule.Judge(Known() with
        {
            Policy = policy with { Suppressions = [policy.Suppressions[0] with { Until = policy.Suppressions[0].Until.AddDays(-1) }] },
        }).Verdict);
    }

    /// <summary>The bounds of a workload hold for a recommendation: of at least 9, D2 × 9 at 755.55 beats D4 × 9.</summary>
    [Fact]
    public void A_workload_keeps_its_bounds()
    {
        var plan = Assert.IsType<RightsizingVerdict.Recommended>(RightsizingRule.Judge(Known() with { Horizontal = Some.Horizontal(9, 20) }).Verdict).Plan;

        Assert.Equal(("Standard_D2s_v5", 9), (plan.Then.Size.Name, plan.Then.Instances));
    }

    /// <summary>A minute in which a part did not report looks like less than there was.</summary>
    [Fact]
    public void Incomplete_minutes_do_not_count()
    {
        var metric = UsageMetric.Processors[0];

        Assert.Empty(metric.Samples([new MetricPoint(Some.Noon, 20, 5) { IsIncomplete = true }], D4, 10));
        Assert.Equal(0.2 * 4 * 5, Assert.Single(metric.Samples([new MetricPoint(Some.Noon, 20, 5)], D4, 10)).Amount, 9);
        Assert.Equal(0.2 * 4 * 10, Assert.Single(metric.Samples([new MetricPoint(Some.Noon, 20, null)], D4, 10)).Amount, 9);
        Assert.Empty(metric.Samples([new MetricPoint(Some.Noon, 120, 5), new MetricPoint(Some.Noon, null, 5)], D4, 10));
    }

    [Fact]
    public void Every_kind_with_a_processor_metric_has_one_of_memory() =>
        Assert.Equal(UsageMetric.Processors.Select(metric => metric.ResourceType), UsageMetric.Memory.Select(metric => metric.ResourceType));

    private static RightsizingFacts Known() => new()
    {
        Target = Some.Target(10),
        Policy = ResourceRightsizingPolicy.Usual,
        Now = Some.Noon,
        Processors = new MetricSeries.Received([.. Minutes(20)]),
        Memory = new MetricSeries.Received([.. Enumerable.Range(0, 168).Select(hour => new MetricPoint(Some.Noon.AddHours(hour - 168), 12 * Gib, 600))]),
        Size = new SizeReading.Read("Standard_D4s_v5", RollOutMode.ByHand, [], new SizeNeeds()),
        Sizes = new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(
            new[] { D2, D4, D8, Size("Standard_B2ms", 2, 8) }.ToDictionary(size => size.Name), Some.Noon),
        Quotas = Quotas(40, 1000),
        Reservations = new FactReading<IReadOnlyList<Reservation>>.Known([], Some.Noon),
        Prices = Facts().Prices,
    };

    private static IEnumerable<MetricPoint> Minutes(double percent) =>
        Enumerable.Range(0, 7 * 24 * 60).Select(minute => new MetricPoint(Some.Noon.AddMinutes(minute - (7 * 24 * 60)), percent, 10));
}
