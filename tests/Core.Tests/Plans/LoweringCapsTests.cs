using CsCheck;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Plans;

public sealed class LoweringCapsTests
{
    private const int Cases = 10_000;

    /// <summary>Any part of a fleet, spelled as Azure may spell it.</summary>
    private static readonly Gen<(string Subscription, string Region)> Place = Gen.Select(
        Chaos.OneOf("s-1", "S-1", "s-2", "s-3"), Chaos.OneOf("westeurope", "WestEurope", "northeurope"));

    private static readonly Gen<LoweringProposal> Proposal = Gen.Select(
        Place, Gen.Int[0, 60], Gen.Bool,
        (place, number, isExpected) => Propose($"web-{number}", isExpected, place.Subscription, place.Region));

    private static readonly Gen<FleetCount> Count = Gen.Select(
        Place, Gen.Int[0, 90], Gen.Frequency((3, Gen.Int[0, 10]), (1, Gen.Int[0, 90])),
        (place, targets, inDoubt) => new FleetCount(place.Subscription, place.Region, targets, Math.Min(targets, inDoubt)));

    private static readonly Gen<FleetCount[]> Hours = Gen.Select(
        Place, Gen.Int[0, 90], Gen.Int[0, 30],
        (place, instances, lowered) => new FleetCount(place.Subscription, place.Region, 0, 0) { Instances = instances, LoweredInHour = lowered }).Array[0, 6];

    private static readonly Gen<(LoweringProposal[] Proposals, FleetCount[] Counts, bool IsApproved)> Tick =
        Gen.Select(Proposal.Array[0, 24], Count.Array[0, 6], Gen.Bool);

    [Fact]
    public void Of_two_expected_lowerings_among_three_targets_one_waits_for_the_next_tick()
    {
        var verdicts = Judge([Propose("a"), Propose("b")], [Counted(3)]);

        Assert.Equal([true, false], verdicts.Select(each => each.IsPermitted));
        Assert.Equal("", verdicts[0].Why);
        Assert.Equal("1 of 3 targets in the fleet may be lowered in a tick; it waits for its turn", verdicts[1].Why);
    }

    [Fact]
    public void Of_two_unexpected_lowerings_among_three_targets_none_is_made_until_a_person_approves()
    {
        LoweringProposal[] both = [Propose("a", isExpected: false), Propose("b", isExpected: false)];

        Assert.All(Judge(both, [Counted(3)]), verdict => Assert.Equal(
            "2 targets in the fleet would be lowered at once and unexpectedly, 1 may be; a person has to approve", verdict.Why));
        Assert.Equal([true, false], Judge(both, [Counted(3)], isApproved: true).Select(each => each.IsPermitted));
    }

    [Fact]
    public void One_unexpected_lowering_is_within_the_cap() =>
        Assert.True(Assert.Single(Judge([Propose("a", isExpected: false)], [Counted(1)])).IsPermitted);

    [Fact]
    public void Expected_lowerings_go_on_beside_a_mass_of_unexpected_ones()
    {
        var verdicts = Judge([Propose("a", isExpected: false), Propose("b"), Propose("c", isExpected: false)], [Counted(10)]);

        Assert.Equal([false, true, false], verdicts.Select(each => each.IsPermitted));
    }

    [Theory]
    [InlineData(30, 9, true), InlineData(30, 10, false), InlineData(10, 3, true), InlineData(10, 4, false), InlineData(3, 1, false)]
    public void Nothing_is_lowered_where_more_than_three_in_ten_are_in_doubt(int targets, int inDoubt, bool isPermitted) =>
        Assert.Equal(isPermitted, Assert.Single(Judge([Propose("a")], [Counted(targets, inDoubt)], isApproved: true)).IsPermitted);

    [Fact]
    public void Doubt_in_one_region_stops_that_region_only_while_the_whole_is_clear()
    {
        var verdicts = Judge(
            [Propose("a", region: "northeurope"), Propose("b", region: "westeurope")],
            [new FleetCount("s-1", "northeurope", 10, 4), new FleetCount("s-1", "westeurope", 90, 0)]);

        Assert.Equal([false, true], verdicts.Select(each => each.IsPermitted));
        Assert.Equal("4 of 10 targets in northeurope of subscription s-1 are in doubt, so nothing is lowered there", verdicts[0].Why);
    }

    [Theory]
    [InlineData(100, 29, true), InlineData(100, 30, false), InlineData(10, 2, true), InlineData(10, 3, false), InlineData(5, 0, true), InlineData(5, 1, false)]
    public void Unexpected_lowerings_take_three_in_ten_instances_within_an_hour_at_most(int instances, int lowered, bool isPermitted)
    {
        var verdict = Assert.Single(Judge([Propose("a", isExpected: false)], [Hour(instances, lowered)]));

        Assert.Equal((isPermitted, !isPermitted), (verdict.IsPermitted, verdict.AwaitsApproval));
        Assert.True(Assert.Single(Judge([Propose("a")], [Hour(instances, lowered)])).IsPermitted);
        Assert.True(Assert.Single(Judge([Propose("a", isExpected: false)], [Hour(instances, lowered)], isApproved: true)).IsPermitted);
    }

    [Fact]
    public void The_first_one_of_an_hour_is_made_however_large() =>
        Assert.True(Assert.Single(Judge([Propose("a", isExpected: false) with { Goal = 0 }], [Hour(5, 0)])).IsPermitted);

    [Fact]
    public void What_a_person_may_approve_says_how_much_was_lowered() => Assert.Equal(
        "30 of 100 instances in the fleet were lowered unexpectedly within the last hour, 1 more would be beyond the 30 that may be; a person has to approve",
        Assert.Single(Judge([Propose("a", isExpected: false)], [Hour(100, 30)])).Why);

    [Fact]
    public void The_share_of_an_hour_is_what_guardrails_say()
    {
        LoweringProposal[] Strict(int percent) => [Propose("a", isExpected: false) with { HourlyPercent = percent }];

        Assert.True(Assert.Single(Judge(Strict(5), [Hour(100, 4)])).IsPermitted);
        Assert.False(Assert.Single(Judge(Strict(5), [Hour(100, 5)])).IsPermitted);
        Assert.True(Assert.Single(Judge(Strict(80), [Hour(100, 79)])).IsPermitted);
    }

    [Fact]
    public void What_was_lowered_in_another_subscription_counts_for_the_fleet_alone() => Assert.Equal(
        "30 of 100 instances in the fleet were lowered unexpectedly within the last hour, 1 more would be beyond the 30 that may be; a person has to approve",
        Assert.Single(Judge([Propose("a", isExpected: false)], [Hour(50, 0), Hour(50, 30) with { Subscription = "s-2" }])).Why);

    [Fact]
    public void No_part_of_the_fleet_loses_more_than_its_share_within_an_hour() => Gen.Select(Tick, Hours).Sample(
        (tick, lately) =>
        {
            var with = tick with { Counts = [.. tick.Counts, .. lately], IsApproved = false };
            var unexpected = Permitted(with).Where(each => !each.IsExpected).ToList();
            return Parts(with).All(part =>
            {
                var gone = unexpected.Where(part.HasTarget).Sum(each => each.From - each.Goal);
                var there = Math.Max(
                    lately.Where(part.HasCount).Sum(count => count.Instances),
                    with.Proposals.Where(part.HasTarget).OrderBy(each => each.IsExpected).DistinctBy(each => each.Target).Sum(each => each.From));
                var before = lately.Where(part.HasCount).Sum(count => count.LoweredInHour);
                return gone == 0 || (before == 0 && unexpected.Count(part.HasTarget) == 1) || gone + lately.Where(part.HasCount).Sum(count => count.LoweredInHour) <= Math.Max(1, there * 3 / 10);
            });
        },
        iter: Cases);

    [Fact]
    public void A_subscription_spelled_in_two_ways_is_one_subscription() => Assert.Single(
        Judge([Propose("a"), Propose("b", subscription: "S-1")], [Counted(10), new FleetCount("s-2", "westeurope", 90, 0)]),
        verdict => verdict.IsPermitted);

    [Fact]
    public void A_region_spelled_in_two_ways_is_one_region() => Assert.Single(
        Judge([Propose("a"), Propose("b", region: "WestEurope")], [Counted(10), new FleetCount("s-1", "northeurope", 90, 0)]),
        verdict => verdict.IsPermitted);

    [Fact]
    public void A_part_nobody_counted_is_lowered_by_one_target_at_most() => Assert.Single(
        Judge([Propose("a"), Propose("b")], [new FleetCount("s-2", "westeurope", 100, 0)]), verdict => verdict.IsPermitted);

    [Fact]
    public void A_target_proposed_twice_is_judged_once_and_as_the_more_surprising_of_the_two()
    {
        LoweringProposal[] twice = [Propose("a"), Propose("a", isExpected: false), Propose("b", isExpected: false)];

        Assert.Equal([false, false], Judge(twice, [Counted(10)]).Select(each => each.IsPermitted));
        Assert.True(Assert.Single(Judge([twice[1], twice[1]], [Counted(10)])).IsPermitted);
    }

    /// <summary>The limits in whole numbers, for every size a group may have.</summary>
    [Fact]
    public void No_share_is_ever_rounded_past_its_limit()
    {
        for (var targets = 1; targets <= 500; targets++)
        {
            var cap = Math.Max(1, targets / 10);
            LoweringProposal[] all = [.. Enumerable.Range(0, cap + 1).Select(number => Propose($"web-{number:d4}"))];
            Assert.Equal(cap, Judge(all, [Counted(targets)]).Count(each => each.IsPermitted));
            Assert.Single(Judge([all[0]], [Counted(targets, targets * 3 / 10)]), each => each.IsPermitted);
            Assert.Single(Judge([all[0]], [Counted(targets, (targets * 3 / 10) + 1)]), each => !each.IsPermitted);
        }
    }

    [Fact]
    public void No_part_of_the_fleet_is_lowered_beyond_its_cap() => Tick.Sample(
        tick =>
        {
            var permitted = Permitted(tick);
            return Parts(tick).All(part => permitted.Count(part.HasTarget) <= Cap(tick.Counts.Where(part.HasCount)));
        },
        iter: Cases);

    [Fact]
    public void Unexpected_lowerings_beyond_the_cap_of_a_part_are_all_refused_without_approval() => Tick.Sample(
        tick =>
        {
            var permitted = Permitted(tick with { IsApproved = false });
            return Parts(tick).All(part =>
            {
                var unexpected = tick.Proposals.Where(each => !each.IsExpected && part.HasTarget(each)).ToList();
                return unexpected.DistinctBy(each => each.Target).Count() <= Cap(tick.Counts.Where(part.HasCount))
                    || !unexpected.Exists(each => permitted.Exists(other => other.Target == each.Target));
            });
        },
        iter: Cases);

    [Fact]
    public void Nothing_is_lowered_in_a_part_that_is_in_doubt() => Tick.Sample(
        tick =>
        {
            var permitted = Permitted(tick);
            return Parts(tick).All(part =>
                tick.Counts.Where(part.HasCount).Sum(count => (10 * count.InDoubt) - (3 * count.Targets)) <= 0
                || !permitted.Exists(each => part.HasTarget(each)));
        },
        iter: Cases);

    [Fact]
    public void A_cap_that_is_not_used_up_refuses_nothing_expected() => Tick.Sample(
        tick =>
        {
            var counts = tick.Counts.Select(count => count with { InDoubt = 0 }).ToArray();
            var permitted = Permitted(tick with { Counts = counts });
            var refused = tick.Proposals.Where(each => each.IsExpected || tick.IsApproved).Where(each => !permitted.Exists(other => other.Target == each.Target));
            return refused.All(each =>
                tick.Proposals.Any(other => other.Target == each.Target && !other.IsExpected && !tick.IsApproved)
                || Parts(tick).Any(part => part.HasTarget(each) && permitted.Count(part.HasTarget) == Cap(counts.Where(part.HasCount))));
        },
        iter: Cases);

    [Fact]
    public void The_order_of_proposals_and_counts_does_not_matter() => Gen.Select(Tick, Gen.Int).Sample(
        (tick, seed) =>
        {
            var (proposals, counts) = (tick.Proposals.ToArray(), tick.Counts.ToArray());
            var random = new Random(seed);
            random.Shuffle(proposals);
            random.Shuffle(counts);
            return Judge(proposals, counts, tick.IsApproved).SequenceEqual(Judge(tick.Proposals, tick.Counts, tick.IsApproved));
        },
        iter: Cases);

    [Fact]
    public void Every_target_gets_one_verdict_and_every_refusal_says_why() => Tick.Sample(
        tick =>
        {
            var verdicts = Judge(tick.Proposals, tick.Counts, tick.IsApproved);
            return verdicts.Count == tick.Proposals.Select(each => each.Target).Distinct().Count()
                && verdicts.All(each => each.IsPermitted == (each.Why.Length == 0));
        },
        iter: Cases);

    private static IReadOnlyList<LoweringVerdict> Judge(LoweringProposal[] proposals, FleetCount[] counts, bool isApproved = false) =>
        LoweringCaps.Judge(proposals, counts, isApproved);

    /// <summary>The proposals that may be carried out, one a target.</summary>
    private static List<LoweringProposal> Permitted((LoweringProposal[] Proposals, FleetCount[] Counts, bool IsApproved) tick)
    {
        var targets = Judge(tick.Proposals, tick.Counts, tick.IsApproved).Where(each => each.IsPermitted).Select(each => each.Target).ToHashSet();
        return [.. tick.Proposals.Where(each => targets.Contains(each.Target)).OrderBy(each => each.IsExpected).DistinctBy(each => each.Target)];
    }

    private static IEnumerable<Part> Parts((LoweringProposal[] Proposals, FleetCount[] Counts, bool IsApproved) tick) =>
        tick.Proposals.Select(each => new Part(each.Target.Subscription, each.Region))
            .SelectMany(each => (Part[])[each, each with { Region = null }, new Part(null, null)]).Distinct();

    private static int Cap(IEnumerable<FleetCount> counts) => Math.Max(1, counts.Sum(count => count.Targets) / 10);

    private static FleetCount Counted(int targets, int inDoubt = 0) => new("s-1", "westeurope", targets, inDoubt);

    private static FleetCount Hour(int instances, int lowered) => Counted(20) with { Instances = instances, LoweredInHour = lowered };

    private static LoweringProposal Propose(
        string name, bool isExpected = true, string subscription = "s-1", string region = "westeurope") => new(
            TargetId.Parse($"/subscriptions/{subscription}/resourceGroups/shop/providers/{Some.ScaleSet}/{region}-{name}"),
            region, 5, 4, isExpected);

    /// <summary>The fleet, a subscription, or a region of one.</summary>
    private sealed record Part(string? Subscription, string? Region)
    {
        public bool HasTarget(LoweringProposal proposal) => Has(proposal.Target.Subscription, proposal.Region);

        public bool HasCount(FleetCount count) => Has(count.Subscription, count.Region);

        private bool Has(string subscription, string region) => Is(Subscription, subscription) && Is(Region, region);

        private static bool Is(string? wanted, string actual) => wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
    }
}
