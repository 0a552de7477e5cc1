using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Ticks over an estate of which some resources have a changed set of policies.</summary>
public sealed class RingLooksTests
{
    private const string OldVersion = "before-0123456789", NewVersion = "next-0123456789ab";

    private static readonly PolicyRings Rings = new(
        [new("canary", new TargetSelector { Any = [Named("web-0000"), Named("web-0001")] }, null, Some.Minutes(10)), new("share", null, 0.999, Some.Minutes(5))],
        new RingCriteria { Doubtful = RingLimit.None }, Some.Source);

    private static readonly PolicySet Before = Some.Policies(Some.Horizontal(1, 100), version: OldVersion);

    /// <summary>The changed set; absent where none is.</summary>
    private PolicySet? _next;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_set_acts_on_its_ring_only_and_comes_to_all_by_itself()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(6, 100), version: NewVersion));

        await MinutesAsync(estate, 9);

        Assert.Equal([6, 6, 4, 4], Capacities(estate));
        Assert.Equal([NewVersion, NewVersion, OldVersion, OldVersion], Versions(estate));
        var count = (await FleetAsync(estate)).Rollout!.Count!;
        Assert.Equal((2, 2, 2, 2), (count.Members, count.Decided, count.Evaluated, count.Actions));
        Assert.Equal(NewVersion, Opened(estate, "web-0000").PolicyVersion);

        await MinutesAsync(estate, 20);

        Assert.Equal((null, NewVersion), await StandAsync(estate));
        Assert.Equal([6, 6, 6, 6], Capacities(estate));
        Assert.Equal(
            ["counts for the ring 'canary' first", "counts for the ring 'share', after the ring 'canary', which has done well for 10m", "counts for all, after the ring 'share', which has done well for 5m"],
            (await TextsAsync(estate)).Where(text => text.StartsWith("policy set", StringComparison.Ordinal)).Select(text => text.Split($"{NewVersion[..12]} ", 2)[1].Split("; ")[0]));
    }

    [Fact]
    public async Task Signals_that_the_changed_set_cannot_read_halt_it_and_all_have_the_set_before_again()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(6, 100), version: NewVersion));
        await MinutesAsync(estate, 3);
        estate.Set("web-0001").View = View.MetricsFailed;
        await MinutesAsync(estate, 9);

        // Its soak is over, and what may turn out to be a trouble keeps it where it is.
        Assert.Equal((0, null), ((await FleetAsync(estate)).Rollout!.Ring, (await FleetAsync(estate)).Rollout!.Halt));

        await MinutesAsync(estate, 4);

        Assert.Equal("doubtful: 1 of 2 resources of the ring 'canary' (web-0001), at most 0 allowed", (await FleetAsync(estate)).Rollout!.Halt?.Why);
        await MinutesAsync(estate, 3);
        Assert.Equal([OldVersion, OldVersion, OldVersion, OldVersion], Versions(estate));
        await MinutesAsync(estate, 60);
        Assert.Equal((NewVersion, OldVersion), await StandAsync(estate));
    }

    /// <summary>What a canary came to counts in the rings after it, too.</summary>
    [Fact]
    public void A_trouble_of_an_earlier_ring_counts_on_until_a_halted_ring_begins_anew()
    {
        var open = new FleetRow().BeginRollout(NewVersion, OldVersion, Rings, Some.At(0), "policies").PromoteRollout(isToAll: false, "ann", "why", Some.At(20)).Rollout!;
        var row = new TargetRow { Target = Estate.Target("web-0000").Id, EvaluatedAt = Some.At(21), Trial = new PolicyTrial(NewVersion, Some.At(1)) { FailedAt = Some.At(5) } };

        Assert.Equal(1, Count(open).Failed);
        Assert.Equal(0, Count(new FleetRow { Rollout = open }.HaltRollout("ann", "why", Some.At(20)).PromoteRollout(isToAll: false, "ann", "why", Some.At(20)).Rollout!).Failed);

        RingCount Count(PolicyRollout rollout) =>
            RingLooks.Of(Ringed(Some.Policies(version: NewVersion), ring: 1), rollout, new InventoryReading.Complete([Estate.Target("web-0000")]), [row], Some.At(21));
    }

    /// <summary>What could not be read before the ring got the set is not the set's fault.</summary>
    [Fact]
    public async Task A_doubt_that_was_there_before_does_not_count()
    {
        var estate = new Estate(Estate.Targets(4), Before);
        estate.Set("web-0000").View = View.MetricsFailed;
        await MinutesAsync(estate, 3);
        await BeginAsync(Some.Policies(Some.Horizontal(1, 100), version: NewVersion), estate);

        await MinutesAsync(estate, 30);

        Assert.Equal((null, NewVersion), await StandAsync(estate));
    }

    /// <summary>Off-hours put canaries to nothing in the evening: what has no instance measures nothing, and that is no fault of a set.</summary>
    [Fact]
    public async Task What_has_no_instance_is_in_no_doubt()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(1, 100), version: NewVersion));
        await MinutesAsync(estate, 1);
        estate.Set("web-0001").SetFromOutside(0);
        estate.Set("web-0001").View = View.MetricsFailed;
        await MinutesAsync(estate, 1);

        Assert.Null(estate.Row("web-0001").Trial!.DoubtSince);
    }

    /// <summary>A ring that nobody can see is no ring without resources.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_may_be_in_the_ring_and_cannot_be_told_keeps_it_where_it_is(bool areTagsUnknown, bool isPartUnread)
    {
        var rings = new PolicyRings([new("canary", new TargetSelector { Tags = new Dictionary<string, IReadOnlyList<string>> { ["ring"] = ["canary"] } }, null, Some.Minutes(10))], new RingCriteria(), Some.Source);
        var row = new FleetRow().BeginRollout(NewVersion, OldVersion, rings, Some.At(0), "policies");
        var target = Estate.Target("web-0000") with { Tags = areTagsUnknown ? new TargetTags.Unknown("not read") : new TargetTags.Known(new Dictionary<string, string>()) };
        var seen = new InventoryReading.Complete([target]) { Unread = isPartUnread ? [new UnreadPart("sub-1", "", "403")] : [] };

        var count = RingLooks.Of(Before with { Rollout = new RingedPolicies(Some.Policies(version: NewVersion), rings.Rings, 0) }, row.Rollout!, seen, [], Some.At(1));

        Assert.Equal((0, true), (count.Members, count.IsPartial));
        Assert.NotNull(row.Look(row.Rollout!, count, counts: true, Some.At(1), "worker").Rollout);
        Assert.False(RingLooks.Of(Before with { Rollout = new RingedPolicies(Some.Policies(version: NewVersion), rings.Rings, 0) }, row.Rollout!, new InventoryReading.Complete([target with { Tags = new TargetTags.Known(new Dictionary<string, string>()) }]), [], Some.At(1)).IsPartial);
    }

    [Fact]
    public async Task Under_the_kill_switch_no_time_counts()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(1, 100), version: NewVersion));
        await ChangeAsync(estate, row => row.SetKillSwitch(true, "ann", "why", estate.Now));
        await MinutesAsync(estate, 30);
        Assert.Equal(TimeSpan.Zero, (await FleetAsync(estate)).Rollout!.Soaked);

        await ChangeAsync(estate, row => row.SetKillSwitch(false, "ann", "why", estate.Now));
        await MinutesAsync(estate, 11);

        Assert.Equal("share", (await FleetAsync(estate)).Rollout!.Current.Name);
    }

    [Fact]
    public async Task Ticks_without_evaluations_are_no_soak_and_no_ring_is_passed()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(1, 100), version: NewVersion));

        for (var minute = 0; minute < 40; minute++)
        {
            await estate.Worker.TickAsync();
            estate.Queue.TakeEvaluations();
            estate.Pass();
        }

        var open = (await FleetAsync(estate)).Rollout!;
        Assert.Equal((0, TimeSpan.Zero, 0), (open.Ring, open.Soaked, open.Count!.Evaluated));
    }

    [Fact]
    public async Task A_worker_that_does_not_know_the_ring_yet_judges_nothing()
    {
        var estate = await BeginAsync(Some.Policies(Some.Horizontal(1, 100), version: NewVersion));
        estate.Policies = Before;

        await estate.MinuteAsync();
        Assert.Null((await FleetAsync(estate)).Rollout!.Count);

        estate.Policies = Before with { Rollout = new RingedPolicies(Some.Policies(version: NewVersion), Rings.Rings, 1) };
        await estate.MinuteAsync();
        Assert.Null((await FleetAsync(estate)).Rollout!.Count);
    }

    [Fact]
    public void Troubles_count_by_resource_when_the_set_caused_them_since_the_ring_got_it()
    {
        var open = new FleetRow().BeginRollout(NewVersion, OldVersion, Rings, Some.At(0), "policies").Rollout!;
        var well = new PolicyTrial(NewVersion, Some.At(1)) { Actions = 2 };

        Assert.Equal((1, 0, 0, 0), Count(well with { FailedAt = Some.At(2) }));
        Assert.Equal((0, 1, 0, 0), Count(well with { BreachedAt = Some.At(0) }));
        Assert.Equal((0, 0, 1, 0), Count(well with { DoubtSince = Some.At(10) }));
        Assert.Equal((0, 0, 0, 0), Count(well with { DoubtSince = Some.At(11) }));
        Assert.Equal((0, 0, 0, 0), Count(well with { FailedAt = Some.At(-1), BreachedAt = Some.At(-1), DoubtSince = Some.At(-1) }));
        Assert.Equal((0, 0, 0, 0), Count(new PolicyTrial(OldVersion, Some.At(-9)) { FailedAt = Some.At(2), BreachedAt = Some.At(2), DoubtSince = Some.At(2) }));
        Assert.Equal((0, 0, 0, 1), Count(well, new TargetQuarantine(Some.At(1), "why")));
        Assert.Equal((0, 0, 0, 0), Count(well, new TargetQuarantine(Some.At(-1), "why")));

        // A resource that comes with a later ring brings along what it had under the set before.
        var late = new PolicyTrial(NewVersion, Some.At(9));
        Assert.Equal((0, 0, 0, 0), Count(late with { DoubtSince = Some.At(8) }, new TargetQuarantine(Some.At(8), "why")));
        Assert.Equal((0, 0, 1, 1), Count(late with { DoubtSince = Some.At(9) }, new TargetQuarantine(Some.At(9), "why")));

        (int, int, int, int) Count(PolicyTrial trial, TargetQuarantine? quarantine = null)
        {
            var target = Estate.Target("web-0000");
            var row = new TargetRow { Target = target.Id, EvaluatedAt = Some.At(20), Trial = trial, Quarantine = quarantine };
            var count = RingLooks.Of(Ringed(Some.Policies(version: NewVersion)), open, new InventoryReading.Complete([target]), [row], Some.At(20));
            return (count.Failed, count.Breached, count.Doubtful, count.Quarantined);
        }
    }

    [Fact]
    public void What_the_changed_set_leaves_to_nobody_need_not_be_evaluated_and_what_it_makes_contested_is_in_doubt()
    {
        var open = new FleetRow().BeginRollout(NewVersion, OldVersion, Rings, Some.At(0), "policies").Rollout!;
        var next = Some.Policies(version: NewVersion) with { Workloads = [.. new[] { "web-0000", "web-0000" }.Select((name, i) => Before.Workloads[0] with { Name = $"w{i}", Select = new TargetSelector { Name = name } })] };
        next = next with { HorizontalScaling = [.. next.Workloads.Select(workload => Some.Horizontal() with { Workload = workload.Name })] };

        var count = RingLooks.Of(Ringed(next), open, new InventoryReading.Complete([Estate.Target("web-0000"), Estate.Target("web-0001"), Estate.Target("web-0002")]), [], Some.At(5));

        Assert.Equal((2, 0, 1, "web-0000"), (count.Members, count.Decided, count.Doubtful, count.Which));
    }

    /// <summary>The record of a set begins with it: what an action of the set before comes to is not its fault.</summary>
    [Fact]
    public void A_trial_counts_what_its_own_set_began()
    {
        var trial = PolicyTrial.See(null, "a", isInDoubt: true, Some.At(0)).Ended("a", isFailure: true, Some.At(1)).Breached("a", Some.At(2));
        Assert.Equal((1, Some.At(1), Some.At(2), Some.At(0)), (trial.Actions, trial.FailedAt, trial.BreachedAt, trial.DoubtSince));

        var other = PolicyTrial.See(trial, "b", isInDoubt: true, Some.At(3)).Ended("a", isFailure: true, Some.At(4)).Breached("a", Some.At(4));

        Assert.Equal(new PolicyTrial("b", Some.At(3)) { DoubtSince = Some.At(0) }, other);
        Assert.Null(PolicyTrial.See(other, "b", isInDoubt: false, Some.At(5)).DoubtSince);
    }

    private static TargetSelector Named(string name) => new() { Name = name };

    private static PolicySet Ringed(PolicySet next, int ring = 0) => Before with { Rollout = new RingedPolicies(next, Rings.Rings, ring) };

    private async Task<Estate> BeginAsync(PolicySet next, Estate? known = null)
    {
        var estate = known ?? new Estate(Estate.Targets(4), Before);
        await ChangeAsync(estate, row => (row with { PolicyVersion = OldVersion }).BeginRollout(NewVersion, OldVersion, Rings, estate.Now, "policies"));
        (_next, estate.Policies) = (next, Ringed(next));
        return estate;
    }

    /// <summary>Whole minutes, before each of which the worker reads how far the changed set is.</summary>
    private async Task MinutesAsync(Estate estate, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            var fleet = await FleetAsync(estate);
            estate.Policies = fleet.Rollout is { Halt: null } open ? Ringed(_next!, open.Ring) : fleet.PolicyVersion == NewVersion ? _next! : Before;
            await estate.MinuteAsync();
        }
    }

    private static int[] Capacities(Estate estate) => [.. estate.Sets.Values.Select(set => set.Capacity)];

    private static IEnumerable<string?> Versions(Estate estate) => Enumerable.Range(0, 4).Select(number => estate.Row($"web-{number:d4}").Trial?.Version);

    private static async Task<(string? Next, string InForce)> StandAsync(Estate estate) => (await FleetAsync(estate)) is var fleet ? (fleet.Rollout?.Next, fleet.PolicyVersion) : default;

    private static Task<FleetRow> FleetAsync(Estate estate) => estate.Store.ReadFleetAsync(Cancellation);

    private static async Task ChangeAsync(Estate estate, Func<FleetRow, FleetRow> change) => await new RowStore(estate.Store).ChangeFleetAsync(change, Cancellation);

    private static async Task<IReadOnlyList<string>> TextsAsync(Estate estate) =>
        [.. (await estate.Store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain, Limit: 100), Cancellation)).OrderBy(entry => entry.Sequence).Select(entry => entry.Text)];

    private static Intent Opened(Estate estate, string name) => estate.Writes.First(write => write.Target.Name == name).Attempt.Stored.Intent!;
}
