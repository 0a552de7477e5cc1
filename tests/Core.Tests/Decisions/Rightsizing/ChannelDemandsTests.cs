using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

/// <summary>Disks and networks against the limits of D2 (3,750 IOPS, 85 MB/s), D4 (6,400, 145) and D8 (12,800, 290).</summary>
public sealed class ChannelDemandsTests
{
    private static readonly SizeOffer[] Sizes = [Limited("Standard_D2s_v5", 2, 3750, 85), Limited("Standard_D4s_v5", 4, 6400, 145), Limited("Standard_D8s_v5", 8, 12_800, 290)];

    private static readonly EstimateTerms Terms = new() { Now = Some.Noon, Percentile = 0.95, LookBack = TimeSpan.FromDays(7) };

    private static UsageChannel Operations => UsageChannel.OfMachines[0];

    private static UsageChannel Throughput => UsageChannel.OfMachines[1];

    private static UsageChannel Network => UsageChannel.OfMachines[2];

    /// <summary>2,400 MB read and 1,200 MB written in a minute are 60 MB/s; the bucket ends 5 % higher at most.</summary>
    [Fact]
    public void Reads_and_writes_of_the_busiest_minutes_are_added_and_told_a_second()
    {
        var (measured, not) = Of((Throughput, [Hours(2.4e9), Hours(1.2e9)]));

        Assert.Empty(not);
        var use = Assert.Single(measured).Use;
        Assert.Equal(60, use.Highest, 6);
        Assert.InRange(use.Typical, 60, 63);
    }

    /// <summary>7.5e9 bytes a minute are 1,000 Mbit/s.</summary>
    [Fact]
    public void What_leaves_by_the_network_is_told_in_megabits() =>
        Assert.Equal(1000, Assert.Single(Of((Network, [Hours(7.5e9)])).Measured).Use.Highest, 6);

    [Fact]
    public void What_has_no_metric_or_no_limit_is_told_and_the_rest_is_judged()
    {
        Assert.Equal(["disk throughput: no metric"], Of((Throughput, [Hours(2.4e9), new MetricSeries.Failed("404")])).NotJudged);
        Assert.Equal(["disk operations: no metric"], Of((Operations, [Hours(1), new MetricSeries.Received([])])).NotJudged);
        var unlimited = Size("Standard_X4", 4, 16);
        Assert.Equal(["network out: no limit known"], ChannelDemands.Of(Series((Network, [Hours(1)])), unlimited, null, Terms).NotJudged);
    }

    [Fact]
    public void What_another_size_moved_does_not_count() =>
        Assert.Equal(["disk operations: no metric"], ChannelDemands.Of(Series((Operations, [Hours(1), Hours(1)])), Sizes[1], Some.Noon.AddDays(-1), Terms).NotJudged);

    /// <summary>
    /// Ten D4 with 10 cores in use: D2 would do for processors and memory. 60 MB/s with a fifth free are 75 to 79 of 85 MB/s, with
    /// 8 in place of 10 (7 in place of 9 after a loss) 9/7 of it: 97, so there must be more of them until it fits; 70 MB/s never do.
    /// </summary>
    [Fact]
    public void A_size_whose_disks_are_too_slow_is_refused_and_more_instances_may_help()
    {
        var free = Plan([]);
        Assert.Equal(("Standard_D2s_v5", 8), (free.Then.Size.Name, free.Then.Instances));

        var some = Plan(Of((Throughput, [Hours(2.4e9), Hours(1.2e9)])).Measured);
        Assert.Equal("Standard_D2s_v5", some.Then.Size.Name);
        Assert.InRange(some.Then.Instances, 9, 10);

        var much = FleetPlanner.Plan(Now(10), Demand() with { Channels = Of((Throughput, [Hours(3e9), Hours(1.2e9)])).Measured }, new PlanningTerms(), Facts(Sizes), Today);
        Assert.Contains(much.Refused, refused => refused.Size == "Standard_D2s_v5" && refused.Why.StartsWith("disk throughput: an instance needs ", StringComparison.Ordinal) && refused.Why.EndsWith("MB/s, and it allows 85", StringComparison.Ordinal));
    }

    /// <summary>3,800 operations in a single minute of a week, of which the percentile knows nothing: D2 allows 3,750.</summary>
    [Fact]
    public void One_minute_is_enough_to_forbid_a_size()
    {
        var reads = new MetricSeries.Received([.. Hours(100).Points.Select((point, index) => index == 80 ? point with { Value = 3700 } : point)]);
        var planning = FleetPlanner.Plan(Now(10), Demand() with { Channels = Of((Operations, [reads, Hours(100)])).Measured }, new PlanningTerms { Least = 10 }, Facts(Sizes), Today);

        Assert.Contains(planning.Refused, refused => refused.Why == "disk operations: an instance needs 3800 IOPS, and it allows 3750");
    }

    [Fact]
    public void A_size_whose_limit_nobody_knows_is_not_taken_where_it_counts()
    {
        var planning = FleetPlanner.Plan(
            Now(10), Demand() with { Channels = Of((Throughput, [Hours(2.4e9), Hours(1.2e9)])).Measured }, new PlanningTerms(), Facts([D2, Sizes[1], Sizes[2]]), Today);

        Assert.Contains(planning.Refused, refused => refused is { Size: "Standard_D2s_v5", Why: "disk throughput: nobody knows what it allows" });
    }

    private static FleetPlan Plan(IReadOnlyList<ChannelDemand> channels) => Assert.IsType<FleetPlanning.Change>(
        FleetPlanner.Plan(Now(10), Demand() with { Channels = channels }, new PlanningTerms(), Facts(Sizes), Today)).Plan;

    private static (IReadOnlyList<ChannelDemand> Measured, IReadOnlyList<string> NotJudged) Of(params (UsageChannel, IReadOnlyList<MetricSeries>)[] series) =>
        ChannelDemands.Of(Series(series), Sizes[1], null, Terms);

    private static Dictionary<UsageChannel, IReadOnlyList<MetricSeries>> Series(params (UsageChannel Channel, IReadOnlyList<MetricSeries> Parts)[] series) =>
        series.ToDictionary(each => each.Channel, each => each.Parts);

    /// <summary>A week of hours with the same busiest minute.</summary>
    private static MetricSeries.Received Hours(double value) =>
        new([.. Enumerable.Range(1, 7 * 24).Reverse().Select(ago => new MetricPoint(Some.Noon.AddHours(-ago), value, 60))]);

    private static SizeOffer Limited(string name, int cores, int operations, int megabytes) =>
        Size(name, cores, 4 * cores, Family, ("UncachedDiskIOPS", $"{operations}"), ("UncachedDiskBytesPerSecond", $"{megabytes}000000"));
}
