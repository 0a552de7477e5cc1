using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class RollbackCycleTests
{
    /// <summary>A load of 360 wants six instances of four.</summary>
    private const int High = 360;

    /// <summary>And one of 120 two.</summary>
    private const int Low = 120;

    [Fact]
    public async Task A_raise_is_taken_back_and_not_repeated_before_its_hold_is_over()
    {
        var world = await ActedAsync(High, 6);

        var sent = Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
        Assert.Equal((6, 4, "", 2L), (sent.Preview.From, sent.Preview.Goal, sent.Trouble, sent.Epoch));
        await world.TickAsync(13);

        Assert.Equal([6, 4], world.Writes.Select(write => write.Goal));
        Assert.Equal(4, world.Azure.Capacity);
        Assert.Contains("ann took the last one back (too soon); scaling out by itself rests until", world.Row.Spans[^1].Reason, StringComparison.Ordinal);

        await world.TickAsync(4);
        Assert.Equal([6, 4, 6], world.Writes.Select(write => write.Goal));
    }

    /// <summary>What a person takes back was no good, and the way back is nothing that the policies asked for.</summary>
    [Fact]
    public async Task It_counts_against_the_set_of_policies_that_asked_for_what_is_taken_back()
    {
        var world = await ActedAsync(High, 6);
        await world.TickAsync(3);
        Assert.Equal((1, null), (world.Row.Trial!.Actions, world.Row.Trial.BreachedAt));

        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
        await world.TickAsync(3);

        Assert.Equal((1, null), (world.Row.Trial!.Actions, world.Row.Trial.FailedAt));
        Assert.NotNull(world.Row.Trial.BreachedAt);
    }

    [Fact]
    public async Task A_lowering_is_taken_back_and_not_repeated_for_an_hour()
    {
        var world = await ActedAsync(Low, 2);

        Assert.Equal(4, Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1)).Preview.Goal);
        await world.TickAsync(58);
        Assert.Equal([2, 4], world.Writes.Select(write => write.Goal));

        await world.TickAsync(4);
        Assert.Equal([2, 4, 2], world.Writes.Select(write => write.Goal));
    }

    [Fact]
    public async Task Whoever_resumes_the_target_ends_the_hold()
    {
        var world = await ActedAsync(Low, 2);
        await world.RollBackAsync(1, hold: TimeSpan.FromHours(24));
        await world.TickAsync(20);
        Assert.Equal(2, world.Writes.Count);

        await world.ChangeAsync(row => row.SetPause(null, "bob", "seen", world.Now));
        await world.TickAsync(3);

        Assert.Equal([2, 4, 2], world.Writes.Select(write => write.Goal));
    }

    [Fact]
    public async Task It_is_an_action_of_its_own_that_says_who_and_why()
    {
        var world = await ActedAsync(High, 6);
        await world.RollBackAsync(1);
        await world.TickAsync(3);

        var opened = world.Journal.Last(entry => entry.Kind == JournalKind.IntentOpened);
        Assert.Equal("ann", opened.Actor);
        Assert.StartsWith("6 → 4 instances: action 1 (4 → 6 instances) taken back by ann: too soon", opened.Text, StringComparison.Ordinal);
        Assert.Equal("done: Azure has the goal", world.Journal.Last(entry => entry.Kind == JournalKind.IntentEnded).Text);
        Assert.Null(JournalChain.FirstFault(world.Journal, world.Row.Journal));
    }

    [Fact]
    public async Task A_dry_run_tells_all_of_it_and_changes_nothing()
    {
        var world = await ActedAsync(High, 6);
        var before = (world.Row.Version, world.Journal.Count);

        var shown = Assert.IsType<RollbackResult.Shown>(await world.RollBackAsync(1, isDryRun: true));

        Assert.Equal((6, 4, 4, true), (shown.Preview.From, shown.Preview.Goal, shown.Preview.Before, shown.Preview.HoldsRaises));
        Assert.Equal(world.Now.AddMinutes(15), shown.Preview.HeldUntil);
        Assert.Contains(shown.Preview.Warnings, warning => warning.Contains("scale out again", StringComparison.Ordinal));
        Assert.Equal(before, (world.Row.Version, world.Journal.Count));
        Assert.Single(world.Writes);
    }

    [Fact]
    public async Task What_came_later_has_to_go_first()
    {
        var world = await ActedAsync(High, 6);
        world.Azure.Load = 600;
        await world.TickAsync(5);
        Assert.Equal([6, 10], world.Writes.Select(write => write.Goal));

        Assert.StartsWith("action 2 is newer (6 → 10 instances)", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(2));
    }

    [Fact]
    public async Task A_rollback_is_an_action_and_taken_back_as_one()
    {
        var world = await ActedAsync(High, 6);
        await world.RollBackAsync(1);
        await world.TickAsync(3);

        Assert.Equal(6, Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(2)).Preview.Goal);
        Assert.False(world.Row.Hold!.OfRaises);
    }

    [Fact]
    public async Task What_somebody_else_changed_is_left_alone()
    {
        var world = await ActedAsync(High, 6);
        world.Azure.ChangeFromOutside();

        Assert.Equal("somebody else changed it since: there are 9 instances, not 6", Refusal(await world.RollBackAsync(1)));
        await world.TickAsync();
        Assert.StartsWith("somebody else changed it since: the capacity is 9, not 6", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        Assert.Single(world.Writes);
    }

    [Fact]
    public async Task People_who_stopped_writes_stop_it_too()
    {
        var world = await ActedAsync(High, 6);

        await world.ChangeAsync(row => row.SetPause(new TargetPause("bob", "look", world.Now, null), "bob", "look", world.Now));
        Assert.Equal("paused by bob until resumed: look", Refusal(await world.RollBackAsync(1)));
        await world.ChangeAsync(row => row.SetPause(null, "bob", "done", world.Now));

        await new RowStore(world.Store).ChangeFleetAsync(row => row.SetKillSwitch(true, "eve", "fire", world.Now), TestContext.Current.CancellationToken);
        Assert.Equal("the kill switch is set by eve: fire", Refusal(await world.RollBackAsync(1)));
        Assert.Single(world.Writes);
    }

    [Fact]
    public async Task An_action_under_way_is_waited_for()
    {
        var world = new RollbackWorld(High);
        world.Azure.Fate = Fate.OperationNeverEnds;
        await world.TickAsync();
        Assert.Single(world.Writes);

        Assert.Equal("action 1 is still under way; wait for its end", Refusal(await world.RollBackAsync(1)));
    }

    [Fact]
    public async Task What_changed_nothing_has_nothing_to_take_back()
    {
        var world = new RollbackWorld(High);
        world.Azure.Fate = Fate.Rejected;
        await world.TickAsync(2);

        Assert.StartsWith("action 1 ended as Rejected: it changed nothing", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        Assert.IsType<RollbackResult.NotFound>(await world.RollBackAsync(99));
    }

    [Fact]
    public async Task It_keeps_to_the_bounds_and_the_rate_and_may_be_asked_for_again_for_the_rest()
    {
        var world = await ActedAsync(Low, 2, capacity: 9);
        world.Policies = Some.Policies(Some.Horizontal(1, 7, scaleOut: new() { AtMost = new RateLimit { Instances = 3 } }));

        var first = Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1)).Preview;
        Assert.Equal((2, 5, 9), (first.From, first.Goal, first.Before));
        Assert.Contains("limited: at most 3 instances in", first.Text, StringComparison.Ordinal);
        await world.TickAsync(3);

        Assert.Equal(7, Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1)).Preview.Goal);
        Assert.Equal([2, 5, 7], world.Writes.Select(write => write.Goal));
    }

    [Fact]
    public async Task What_Azure_refuses_leaves_no_hold()
    {
        var world = await ActedAsync(High, 6);
        world.Azure.Fate = Fate.Rejected;

        Assert.Contains("refused by Azure", Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1)).Trouble, StringComparison.Ordinal);

        Assert.Null(world.Row.Hold);
        Assert.Equal(6, world.Azure.Capacity);
    }

    [Fact]
    public async Task What_Azure_refuses_leaves_the_hold_that_was_there()
    {
        var world = await ActedAsync(High, 6);
        await world.RollBackAsync(1);
        await world.TickAsync(3);
        var hold = world.Row.Hold;
        world.Azure.Fate = Fate.Rejected;

        Assert.Contains("refused by Azure", Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(2)).Trouble, StringComparison.Ordinal);

        Assert.Equal(hold, world.Row.Hold);
        Assert.True(hold!.OfRaises);
    }

    /// <summary>Who made an earlier change is told minutes after it, and is no other change.</summary>
    [Fact]
    public async Task That_the_activity_log_names_somebody_later_keeps_nothing_from_being_taken_back()
    {
        var world = await ActedAsync(High, 6);
        var drift = new UnexplainedDrift(world.Now.AddMinutes(-30), world.Now.AddMinutes(-29), 9, 4, 0);
        await world.ChangeAsync(row => (row with { Unexplained = drift }).Explain(drift, "bob, says the activity log", world.Now, "worker-1"));

        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
    }

    [Fact]
    public async Task Whoever_sets_other_bounds_meanwhile_is_heard()
    {
        var world = await ActedAsync(High, 6);
        world.BeforeMetrics = () => world.ChangeAsync(row => row.SetOverride(new BoundsOverride("bob", "sale", world.Now, world.Now.AddHours(1), 5, null), "bob", "sale", world.Now));

        Assert.Equal(5, Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1)).Preview.Goal);
    }

    [Fact]
    public async Task Whoever_is_outrun_by_a_tick_looks_again()
    {
        var world = await ActedAsync(High, 6);
        world.BeforeRead = () => world.ChangeAsync(row => row with { EvaluatedAt = world.Now });

        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));

        Assert.Equal([6, 4], world.Writes.Select(write => write.Goal));
    }

    [Fact]
    public async Task In_observe_mode_nothing_is_taken_back()
    {
        var world = await ActedAsync(High, 6);
        world.Policies = Some.Policies(mode: PolicyMode.Observe);

        Assert.Equal("the workload is in observe mode", Refusal(await world.RollBackAsync(1)));
    }

    /// <summary>Of ten targets one may be lowered in a tick, whoever asks for it.</summary>
    [Fact]
    public async Task A_raise_is_not_taken_back_while_as_many_were_lowered_as_may_be()
    {
        var world = await ActedAsync(High, 6);
        var other = new TargetRow
        {
            Target = Some.Id("other"),
            EvaluatedAt = world.Now,
            Standing = world.Row.Standing,
            History = Some.Changes(new Core.Decisions.PastChange(world.Now.AddSeconds(-20), 5, 4)),
        };
        await world.Store.WriteTargetsAsync([other], TestContext.Current.CancellationToken);

        Assert.Contains("may be lowered in a tick", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        await world.TickAsync();
        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
    }

    /// <summary>What another person is about to lower is in no row yet, only claimed.</summary>
    [Fact]
    public async Task Of_two_that_are_taken_back_at_once_one_waits_for_the_next_tick()
    {
        var world = await ActedAsync(High, 6);
        var ct = TestContext.Current.CancellationToken;
        await world.Store.WriteTargetsAsync([new TargetRow { Target = Some.Id("other"), EvaluatedAt = world.Now, Standing = world.Row.Standing }], ct);
        await new RowStore(world.Store).ChangeFleetAsync(row => LoweringClaim.Add(row, Some.Id("other"), world.Now, TimeSpan.FromMinutes(1)), ct);

        Assert.Contains("may be lowered in a tick", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        Assert.Single(world.Writes);
        await world.TickAsync();
        Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
        Assert.Equal(Some.Id().Key, Assert.Single((await world.Store.ReadFleetAsync(ct)).LoweringClaims).Target);
    }

    /// <summary>Two people take back at once: each saw the rows before the other had written.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_others_lowered_counts_in_a_dry_run_and_until_the_last_moment(bool isDryRun)
    {
        var world = await ActedAsync(High, 6);
        var other = new TargetRow
        {
            Target = Some.Id("other"),
            EvaluatedAt = world.Now,
            Standing = world.Row.Standing,
            History = Some.Changes(new Core.Decisions.PastChange(world.Now.AddSeconds(-20), 5, 4)),
        };
        if (isDryRun)
        {
            await world.Store.WriteTargetsAsync([other], TestContext.Current.CancellationToken);
        }
        else
        {
            world.BeforeMetrics = () => world.Store.WriteTargetsAsync([other], TestContext.Current.CancellationToken);
        }

        Assert.Contains("may be lowered in a tick", Refusal(await world.RollBackAsync(1, isDryRun)), StringComparison.Ordinal);
        Assert.Equal((1, 6), (world.Row.Epoch, world.Azure.Capacity));
    }

    [Fact]
    public async Task Whoever_pauses_the_target_meanwhile_is_heard_before_anything_is_written_down()
    {
        var world = await ActedAsync(High, 6);
        world.BeforeMetrics = () => world.ChangeAsync(row => row.SetPause(new TargetPause("bob", "look", world.Now, world.Now.AddHours(1)), "bob", "look", world.Now));

        Assert.IsType<RollbackResult.Refused>(await world.RollBackAsync(1));
        Assert.Equal(1, world.Row.Epoch);
    }

    [Fact]
    public async Task Who_is_second_to_take_the_same_back_is_told_that_it_is_done()
    {
        var world = await ActedAsync(High, 6);
        world.BeforeMetrics = async () =>
        {
            Assert.IsType<RollbackResult.Sent>(await world.RollBackAsync(1));
            await world.TickAsync(3);
            Assert.Null(world.Row.Intent);
        };

        Assert.Contains("there are 4 instances, as before it", Refusal(await world.RollBackAsync(1)), StringComparison.Ordinal);
        Assert.Equal(2, world.Row.Epoch);
    }

    [Fact]
    public void A_hold_is_kept_in_the_row_and_survives_the_store()
    {
        var row = new TargetRow { Target = Some.Id(), Hold = new DirectionHold(true, 3, "ann", "x", Some.At(5)) };

        var json = System.Text.Json.JsonSerializer.Serialize(row, StateJson.Default.TargetRow);

        Assert.Equal(row.Hold, System.Text.Json.JsonSerializer.Deserialize(json, StateJson.Default.TargetRow)!.Hold);
    }

    private static string Refusal(RollbackResult result) => string.Join("; ", Assert.IsType<RollbackResult.Refused>(result).Reasons);

    /// <summary>After one action that is settled and checked.</summary>
    private static async Task<RollbackWorld> ActedAsync(int load, int goal, int capacity = 4)
    {
        var world = new RollbackWorld(load, capacity);
        for (var minute = 0; world.Writes.Count == 0; minute++)
        {
            Assert.True(minute < 40, "nothing was done");
            await world.TickAsync();
        }

        Assert.Equal(goal, world.Writes[0].Goal);
        await world.TickAsync(3);
        Assert.Single(world.Writes);
        return world;
    }
}
