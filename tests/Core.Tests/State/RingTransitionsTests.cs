using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

/// <summary>How a changed set goes from ring to ring in the fleet's row.</summary>
public sealed class RingTransitionsTests
{
    private static readonly PolicyRings Rings = new(
        [new("canary", new TargetSelector { Name = "web" }, null, Some.Minutes(60)), new("share", null, 0.25, Some.Minutes(120))],
        new RingCriteria { Failed = new RingLimit(1, IsShare: false), Doubtful = new RingLimit(0.5, IsShare: true) }, Some.Source);

    private static readonly FleetRow Begun = new FleetRow { PolicyVersion = "before" }.BeginRollout("next", "before", Rings, Some.Noon, "policies");

    [Fact]
    public void It_begins_in_the_first_ring_once_and_tells()
    {
        Assert.Equal(("next", "before", 0, "canary", Some.Noon), (Begun.Rollout!.Next, Begun.Rollout.Before, Begun.Rollout.Ring, Begun.Rollout.Current.Name, Begun.Rollout.Since));
        Assert.Equal("before", Begun.PolicyVersion);
        Assert.Equal("policy set next counts for the ring 'canary' first; before counts for all others", Assert.Single(Begun.Journal.Outbox).Text);
        Assert.Same(Begun, Begun.BeginRollout("next", "before", Rings, Some.At(5), "policies"));
    }

    [Fact]
    public void A_third_set_takes_its_place_and_begins_in_the_first_ring()
    {
        var third = Passed(Begun, 60).BeginRollout("third", "before", Rings, Some.At(90), "policies");

        Assert.Equal(("third", 0, Some.At(90), TimeSpan.Zero), (third.Rollout!.Next, third.Rollout.Ring, third.Rollout.BegunAt, third.Rollout.Soaked));
        Assert.EndsWith("counts for the ring 'canary' first, in the place of next; before counts for all others", Last(third), StringComparison.Ordinal);
    }

    /// <example>A soak of an hour, a look each minute: the next ring has it after the sixtieth, and all after two hours more.</example>
    [Fact]
    public void After_the_soak_the_next_ring_gets_it_and_in_the_end_it_is_in_force()
    {
        Assert.Equal((0, Some.Minutes(59)), (Passed(Begun, 59).Rollout!.Ring, Passed(Begun, 59).Rollout!.Soaked));
        var share = Passed(Begun, 60);
        Assert.Equal((1, TimeSpan.Zero, Some.At(60), null), (share.Rollout!.Ring, share.Rollout.Soaked, share.Rollout.Since, share.Rollout.Count));
        Assert.Equal("policy set next counts for the ring 'share', after the ring 'canary', which has done well for 1h", Last(share));
        Assert.NotNull(Passed(share, 119, from: 60).Rollout);

        var all = Passed(share, 120, from: 60);

        Assert.Equal((null, "next"), (all.Rollout, all.PolicyVersion));
        Assert.Equal("policy set next counts for all, after the ring 'share', which has done well for 2h", Last(all));
    }

    /// <summary>A look that a wrong clock noted hours ahead must not keep a breach from being seen until then.</summary>
    [Fact]
    public void A_look_of_a_time_to_come_hides_nothing()
    {
        var ahead = Looked(Begun, Count(300));

        Assert.NotNull(Looked(ahead, Count(2) with { Failed = 2 }).Rollout!.Halt);
    }

    [Fact]
    public void A_criterion_that_is_breached_halts_it_and_time_does_not_mend_that()
    {
        var halted = Looked(Looked(Begun, Count(1) with { Failed = 1 }), Count(2) with { Failed = 2, Which = "web, api" });

        Assert.Equal(new RolloutHalt("worker", "failed: 2 of 4 resources of the ring 'canary' (web, api), at most 1 allowed", Some.At(2)), halted.Rollout!.Halt);
        Assert.StartsWith("the rollout of policy set next is halted in the ring 'canary' by worker: failed: 2 of 4", Last(halted), StringComparison.Ordinal);
        Assert.Same(halted, Looked(halted, Count(90)));
        Assert.Same(halted, halted.HaltRollout("ann", "me too", Some.At(5)));
    }

    [Theory]
    [InlineData("failed", 2, 1)]
    [InlineData("breached", 1, 0)]
    [InlineData("doubtful", 3, 2)]
    [InlineData("quarantined", 1, 0)]
    public void Each_criterion_halts_beyond_its_limit_and_not_at_it(string name, int halting, int fine)
    {
        Assert.StartsWith(name, Looked(Begun, With(halting)).Rollout!.Halt?.Why, StringComparison.Ordinal);
        Assert.Null(Looked(Begun, With(fine)).Rollout!.Halt);

        RingCount With(int found) => name switch
        {
            "failed" => Count(1) with { Failed = found },
            "breached" => Count(1) with { Breached = found },
            "doubtful" => Count(1) with { Doubtful = found },
            _ => Count(1) with { Quarantined = found },
        };
    }

    [Fact]
    public void It_waits_while_too_few_were_evaluated_or_too_few_actions_ended_or_not_all_can_be_seen()
    {
        Assert.Equal(0, Passed(Begun, 300, count => count with { Evaluated = 3 }).Rollout!.Ring);
        Assert.Equal(0, Passed(Begun, 300, count => count with { IsPartial = true }).Rollout!.Ring);
        var asking = Begun with { Rollout = Begun.Rollout! with { Criteria = Rings.Criteria with { MinimumActions = 3 } } };
        Assert.Equal((0, 1), (Passed(asking, 100, count => count with { Actions = 2 }).Rollout!.Ring, Passed(asking, 100, count => count with { Actions = 3 }).Rollout!.Ring));
    }

    [Fact]
    public void Time_in_which_nobody_looked_nothing_was_evaluated_or_nothing_could_be_done_does_not_count()
    {
        Assert.Equal(TimeSpan.Zero, Looked(Begun, Count(6)).Rollout!.Soaked);
        Assert.Equal(Some.Minutes(5), Looked(Begun, Count(5)).Rollout!.Soaked);
        Assert.Equal(TimeSpan.Zero, Looked(Begun, Count(1) with { IsAlive = false }).Rollout!.Soaked);
        Assert.Equal(TimeSpan.Zero, Begun.Look(Begun.Rollout!, Count(1), counts: false, Some.At(1), "worker").Rollout!.Soaked);
        Assert.Equal(Some.Minutes(1), Looked(Looked(Begun, Count(600)), Count(601)).Rollout!.Soaked);
    }

    [Fact]
    public void A_ring_without_resources_is_passed_at_once_and_told()
    {
        var passed = Looked(Begun, Count(1) with { Members = 0, Decided = 0, Evaluated = 0 });

        Assert.Equal(1, passed.Rollout!.Ring);
        Assert.Equal("policy set next counts for the ring 'share', after the ring 'canary', which has no resources", Last(passed));
        Assert.Equal(0, Looked(Begun, Count(1) with { Members = 0, Decided = 0, Evaluated = 0, IsPartial = true }).Rollout!.Ring);
    }

    /// <summary>Two workers look at the same ring: the one that is late has looked at what is over.</summary>
    [Fact]
    public void A_look_at_another_ring_another_set_or_of_before_counts_for_nothing()
    {
        var share = Passed(Begun, 60);
        Assert.Same(share, share.Look(Begun.Rollout!, Count(61) with { Failed = 4 }, counts: true, Some.At(61), "late"));
        var looked = Looked(Begun, Count(3));
        Assert.Same(looked, looked.Look(Begun.Rollout!, Count(3), counts: true, Some.At(3), "second"));
        var third = Begun.BeginRollout("third", "before", Rings, Some.Noon, "policies");
        Assert.Same(third, third.Look(Begun.Rollout!, Count(1), counts: true, Some.At(1), "late"));
    }

    [Fact]
    public void A_person_promotes_early_with_what_was_not_met_in_the_journal_or_to_all()
    {
        var share = Looked(Begun, Count(1) with { Evaluated = 2 }).PromoteRollout(isToAll: false, "ann", "in a hurry", Some.At(2));

        Assert.Equal((1, Some.At(2)), (share.Rollout!.Ring, share.Rollout.Since));
        Assert.Equal(
            "policy set next counts for the ring 'share', after the ring 'canary', as ann wants it before its criteria are met (evaluated 2 of 4, all asked, soak 1m, 1h asked): in a hurry", Last(share));
        var all = Begun.PromoteRollout(isToAll: true, "ann", "sure", Some.At(2));
        Assert.Equal((null, "next"), (all.Rollout, all.PolicyVersion));
    }

    [Fact]
    public void A_halted_ring_begins_anew_when_a_person_promotes_it()
    {
        var halted = Looked(Passed(Begun, 30), Count(31) with { Breached = 1 });

        var again = halted.PromoteRollout(isToAll: false, "ann", "was the network", Some.At(40));

        Assert.Equal((0, null, Some.At(40), TimeSpan.Zero, null), (again.Rollout!.Ring, again.Rollout.Halt, again.Rollout.Since, again.Rollout.Soaked, again.Rollout.Count));
        Assert.Equal("policy set next counts for the ring 'canary' again, where worker had halted it, as ann wants it: was the network", Last(again));
        Assert.Equal("next", halted.PromoteRollout(isToAll: true, "ann", "sure", Some.At(40)).PolicyVersion);
    }

    [Fact]
    public void What_a_person_chooses_ends_it_and_while_that_counts_nothing_begins()
    {
        var chosen = Begun.ChoosePolicies("before", "ann", "flaps", Some.At(5));

        Assert.Null(chosen.Rollout);
        Assert.Contains(chosen.Journal.Outbox, entry => entry.Text == "the rollout of policy set next is over: ann chose before");
        Assert.Same(chosen, chosen.BeginRollout("next", "before", Rings, Some.At(6), "policies"));
    }

    /// <summary>Any story of looks, halts and promotions: the ring never falls but for a new set, and none is passed by itself before its time.</summary>
    [Fact]
    public void Rings_are_reached_in_their_order_and_never_before_the_soak() => Gen.Select(
        Gen.Int[1, 8], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 30]).Array[1, 200].Sample(story =>
    {
        var (row, now) = (Begun, Some.Noon);
        foreach (var (minutes, failed, isAlive, evaluated, what) in story)
        {
            now += Some.Minutes(minutes);
            var before = row.Rollout;
            if (before is null)
            {
                return;
            }

            row = what switch
            {
                29 => row.HaltRollout("ann", "why", now),
                30 => row.PromoteRollout(isToAll: false, "ann", "why", now),
                _ => row.Look(before, Count(0) with { At = now, Failed = failed == 3 ? 2 : 0, IsAlive = isAlive, Evaluated = evaluated }, counts: true, now, "worker"),
            };
            if (before.Halt is not null && what != 30)
            {
                Assert.Same(before, row.Rollout);
            }

            if (row.Rollout is null || row.Rollout.Ring != before.Ring)
            {
                Assert.Equal(before.Ring + 1, row.Rollout?.Ring ?? Rings.Rings.Count);
                Assert.True(what == 30 || (now - before.Since >= before.Current.Soak && evaluated == 4 && failed != 3), "passed before its time");
            }
        }
    });

    private static FleetRow Passed(FleetRow row, int minutes, Func<RingCount, RingCount>? change = null, int from = 0)
    {
        for (var minute = from + 1; minute <= from + minutes; minute++)
        {
            row = Looked(row, (change ?? (count => count))(Count(minute)));
        }

        return row;
    }

    private static FleetRow Passed(FleetRow row, int minutes, int from) => Passed(row, minutes, null, from);

    private static FleetRow Looked(FleetRow row, RingCount count) => row.Look(row.Rollout!, count, counts: true, count.At, "worker");

    private static RingCount Count(double minute) => new(Some.At(minute), 4, 4, 4, 0, 0, 0, 0, 0) { IsAlive = true };

    private static string Last(FleetRow row) => row.Journal.Outbox[^1].Text;
}
