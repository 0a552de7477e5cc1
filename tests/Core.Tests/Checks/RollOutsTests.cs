using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Checks;

/// <summary>A roll-out from the middle to the small size, begun at noon, with a fifth at a time, pauses of 5 and a watch of 30 minutes.</summary>
public sealed class RollOutsTests
{
    private static readonly RollOut Begun = new(1, SomeSizes.Middle, SomeSizes.Small, RollOutTerms.Default, UnhealthyBefore: 0, Some.Noon);

    [Fact]
    public void The_first_batch_goes_at_once_and_is_a_fifth_of_them()
    {
        var step = Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(Begun, Fleet(10, upgraded: 0), Some.At(1)));

        Assert.Equal(["0", "1"], step.Instances);
        Assert.Equal(Some.At(1), step.State.BatchAt);
    }

    [Fact]
    public void One_at_least_goes_and_those_that_are_unwell_go_first()
    {
        var reading = SomeSizes.Reading(
            SomeSizes.Small, SomeSizes.Instance("a", isCurrent: false), SomeSizes.Instance("b", isCurrent: false, health: InstanceHealth.Unhealthy));

        Assert.Equal(["b"], Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(Begun with { UnhealthyBefore = 1 }, reading, Some.At(1))).Instances);
    }

    [Fact]
    public void The_next_batch_waits_for_the_pause_and_for_azure()
    {
        var paused = Begun with { BatchAt = Some.At(1) };

        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(paused, Fleet(10, upgraded: 2), Some.At(5)));
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(paused, Fleet(10, upgraded: 2) with { IsUpdating = true }, Some.At(6)));
        Assert.Equal(["2", "3"], Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(paused, Fleet(10, upgraded: 2), Some.At(6))).Instances);
    }

    [Theory]
    [InlineData(RollOutMode.ByAzure)]
    [InlineData(RollOutMode.ByResource)]
    public void What_azure_brings_itself_is_only_watched(RollOutMode mode) =>
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, Fleet(10, upgraded: 0) with { Mode = mode }, Some.At(30)));

    /// <summary>A guard is not asked about what gives more: it ends, and is told as what nobody verified.</summary>
    [Fact]
    public void A_bigger_plan_is_verified_by_its_size_and_state_and_told_as_not_verified_by_health()
    {
        var plan = Plan(SomeSizes.Small);
        var seen = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, plan, Some.At(3))).State;

        Assert.Equal(new RollOutEnd.Unverified(SomeSizes.Small), Assert.IsType<RollOutStep.End>(RollOuts.Next(seen, plan, Some.At(33))).How);
        Assert.Contains("not verified by health", ReasonText.Of(new RollOutEnd.Unverified(SomeSizes.Small)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_smaller_plan_is_well_by_its_guard_and_taken_back_once_by_it()
    {
        var begun = Begun with { Terms = Begun.Terms with { Guard = SomeSizes.Guard } };
        var plan = Plan(SomeSizes.Small);
        var seen = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(begun, plan, Some.At(3), new GuardStanding.Within())).State;

        Assert.IsType<RollOutEnd.Well>(Assert.IsType<RollOutStep.End>(RollOuts.Next(seen, plan, Some.At(33), new GuardStanding.Within())).How);
        var undo = Assert.IsType<RollOutStep.Undo>(RollOuts.Next(seen, plan, Some.At(12), new GuardStanding.Breached(SomeSizes.Guard.Bounds[0], 900, IsLasting: true)));
        Assert.Equal("latency 900 is above 800", undo.Why);
        var back = begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, Why = undo.Why };
        var returned = Assert.IsType<RollOutStep.End>(RollOuts.Next(back, Plan(SomeSizes.Middle), Some.At(20)));
        Assert.IsType<RollOutEnd.Undone>(returned.How);
    }

    /// <summary>It says the size, and that the last operation on it failed: that proves nothing, and a person is asked.</summary>
    [Fact]
    public void A_plan_whose_operation_failed_has_not_got_it()
    {
        var failed = Plan(SomeSizes.Small) with { HasFailed = true };

        Assert.Null(Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, failed, Some.At(60))).State.WholeSince);
        var end = Assert.IsType<RollOutStep.End>(RollOuts.Next(Begun, failed, Some.Noon + RollOuts.Patience + Begun.Terms.Watch));
        Assert.Equal(new RollOutEnd.Stuck(SomeSizes.Small, "the resource says that its last operation failed"), end.How);
    }

    private static SizeReading.Read Plan(string size) => new(
        size, RollOutMode.ByResource, [SomeSizes.Instance("portal", size, health: InstanceHealth.Unknown)], new SizeNeeds())
    { IsJudgedByGuard = true, ReplacesBeforehand = true };

    [Fact]
    public void Nothing_goes_on_while_an_instance_is_unwell_and_after_a_pause_it_is_taken_back()
    {
        var sick = Fleet(10, upgraded: 2, InstanceHealth.Unhealthy);
        var waiting = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun with { BatchAt = Some.Noon }, sick, Some.At(6)));

        Assert.Equal(Some.At(6), waiting.State.SickSince);
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(waiting.State, sick, Some.At(10)));
        var undo = Assert.IsType<RollOutStep.Undo>(RollOuts.Next(waiting.State, sick, Some.At(11)));
        Assert.Equal("2 more instances are unwell than before", undo.Why);

        // Refused or stopped, it is tried again, but not every minute.
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(undo.State, sick, Some.At(15)));
        Assert.IsType<RollOutStep.Undo>(RollOuts.Next(undo.State, sick, Some.At(16)));
    }

    /// <summary>A way back that is refused for six hours is a person's; that it was not needed for a while begins them anew.</summary>
    [Fact]
    public void A_size_that_cannot_be_taken_back_asks_for_a_person_in_the_end()
    {
        var sick = Fleet(10, upgraded: 2, InstanceHealth.Unhealthy);
        var state = Begun with { BatchAt = Some.Noon, SickSince = Some.At(6) };
        var first = Assert.IsType<RollOutStep.Undo>(RollOuts.Next(state, sick, Some.At(11))).State;
        var later = Assert.IsType<RollOutStep.Undo>(RollOuts.Next(first, sick, Some.At(360))).State;

        Assert.Equal((Some.At(11), Some.At(360)), (later.UndoSince, later.UndoTriedAt));
        Assert.Equal(
            new RollOutEnd.Stuck(SomeSizes.Small, "it could not be taken back: 2 more instances are unwell than before"),
            Assert.IsType<RollOutStep.End>(RollOuts.Next(later, sick, Some.At(371))).How);
        Assert.Null(Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(later, Fleet(10, upgraded: 2), Some.At(362))).State.UndoSince);
    }

    [Fact]
    public void Another_size_after_the_old_one_came_back_is_somebodys_choice_and_left()
    {
        var undo = Begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, Why = "it was bad", WasTaken = true };

        Assert.Equal(new RollOutEnd.NeverTaken(SomeSizes.Middle), Assert.IsType<RollOutStep.End>(RollOuts.Next(undo, Fleet(4, upgraded: 4), Some.At(5))).How);
    }

    /// <summary>A worker whose clock was a day ahead has tried: that is no reason to rest for a day.</summary>
    [Fact]
    public void A_try_of_a_time_to_come_holds_nothing_up()
    {
        var undo = Begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, Why = "it was bad", UndoTriedAt = Some.At(1440), UndoSince = Some.At(1440) };
        Assert.Equal(Some.At(5), Assert.IsType<RollOutStep.Again>(RollOuts.Next(undo, Fleet(4, upgraded: 4), Some.At(5))).State.UndoSince);

        var state = Begun with { BatchAt = Some.Noon, SickSince = Some.At(6), UndoTriedAt = Some.At(1440), UndoSince = Some.At(1440) };
        var step = Assert.IsType<RollOutStep.Undo>(RollOuts.Next(state, Fleet(10, upgraded: 2, InstanceHealth.Unhealthy), Some.At(11)));
        Assert.Equal((Some.At(11), Some.At(11)), (step.State.UndoTriedAt, step.State.UndoSince));
    }

    [Fact]
    public void An_old_size_that_azure_took_and_did_not_give_is_asked_for_again_after_a_pause()
    {
        var undo = Begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, Why = "it was bad", UndoTriedAt = Some.At(0), UndoSince = Some.At(0) };
        var still = Fleet(4, upgraded: 4);

        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(undo, still, Some.At(4)));
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(undo, still with { IsUpdating = true }, Some.At(30)));
        Assert.Equal((Some.At(5), Some.At(0)), Assert.IsType<RollOutStep.Again>(RollOuts.Next(undo, still, Some.At(5))).State is { } again ? (again.UndoTriedAt, again.UndoSince) : default);
        Assert.Equal(
            new RollOutEnd.Stuck(SomeSizes.Middle, $"the old size did not come back; the resource has {SomeSizes.Small} (it was bad)"),
            Assert.IsType<RollOutStep.End>(RollOuts.Next(undo, still, Some.At(360))).How);
    }

    [Fact]
    public void Those_that_were_unwell_before_prove_nothing_and_neither_does_one_that_got_well()
    {
        var sick = Fleet(10, upgraded: 2, InstanceHealth.Unhealthy);

        Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(Begun with { UnhealthyBefore = 2 }, sick, Some.At(6)));
        var well = RollOuts.Next(Begun with { SickSince = Some.Noon, BatchAt = Some.At(3) }, Fleet(10, upgraded: 2), Some.At(6));
        Assert.Null(Assert.IsType<RollOutStep.Wait>(well).State.SickSince);
    }

    [Fact]
    public void An_instance_that_restarts_has_a_pause_to_come_back()
    {
        var down = SomeSizes.Reading(SomeSizes.Small, SomeSizes.Instance("0", SomeSizes.Small, isRunning: false), SomeSizes.Instance("1", SomeSizes.Small));

        Assert.Null(Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun with { BatchAt = Some.At(1) }, down, Some.At(5))).State.SickSince);
        Assert.Equal(Some.At(6), Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun with { BatchAt = Some.At(1) }, down, Some.At(6))).State.SickSince);
    }

    [Fact]
    public void A_guard_beyond_its_bound_stops_batches_at_once_and_takes_the_size_back_when_it_lasts()
    {
        var begun = Begun with { BatchAt = Some.Noon };
        var breach = new GuardStanding.Breached(new GuardBound("latency", 800, null), 912.5, IsLasting: false);
        var waiting = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(begun, Fleet(10, upgraded: 2), Some.At(6), breach));

        Assert.Equal("latency 912.5 is above 800", waiting.State.Doubt);
        Assert.Equal("latency 912.5 is above 800", Assert.IsType<RollOutStep.Undo>(RollOuts.Next(begun, Fleet(10, upgraded: 2), Some.At(6), breach with { IsLasting = true })).Why);
        Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(waiting.State, Fleet(10, upgraded: 2), Some.At(7), new GuardStanding.Within()));
        Assert.IsNotType<RollOutStep.Undo>(RollOuts.Next(
            begun with { IsUndo = true, From = SomeSizes.Small, To = SomeSizes.Middle }, SomeSizes.Four, Some.At(6), breach with { IsLasting = true }));
    }

    [Fact]
    public void A_guard_that_cannot_be_read_neither_passes_nor_takes_back_and_in_the_end_asks_for_a_person()
    {
        var doubt = new GuardStanding.InDoubt("503");
        var whole = Begun with { BatchAt = Some.At(10), WholeSince = Some.At(20) };

        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun with { BatchAt = Some.Noon }, Fleet(10, upgraded: 2), Some.At(60), doubt));
        Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(Begun, Fleet(10, upgraded: 0), Some.At(1), doubt));
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(whole, Fleet(4, upgraded: 4), Some.At(200), doubt));
        Assert.IsType<RollOutEnd.Well>(Assert.IsType<RollOutStep.End>(RollOuts.Next(whole, Fleet(4, upgraded: 4), Some.At(200), new GuardStanding.Within())).How);
        Assert.Equal(
            new RollOutEnd.Stuck(SomeSizes.Small, "the guard does not let it go on: 503"),
            Assert.IsType<RollOutStep.End>(RollOuts.Next(whole, Fleet(4, upgraded: 4), Some.At(390), doubt)).How);
    }

    [Fact]
    public void The_guard_is_looked_at_since_the_last_restart_and_no_longer_than_is_watched()
    {
        var state = Begun with { Terms = RollOutTerms.Default with { Guard = SomeSizes.Guard } };

        Assert.Equal(new GuardSpan(Some.Noon, Some.At(20), Some.Minutes(5)), RollOuts.GuardedSpan(state, Some.At(20)));
        Assert.Equal(Some.At(10), RollOuts.GuardedSpan(state with { BatchAt = Some.At(10) }, Some.At(20)).From);
        Assert.Equal(Some.At(12), RollOuts.GuardedSpan(state with { BatchAt = Some.At(10), WholeSince = Some.At(12) }, Some.At(20)).From);
        Assert.Equal(Some.At(159), RollOuts.GuardedSpan(state, Some.At(200)).From);
    }

    [Fact]
    public void It_is_well_once_all_have_been_well_with_it_as_long_as_they_are_watched()
    {
        var whole = Fleet(4, upgraded: 4);
        var seen = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, whole, Some.At(20))).State;

        Assert.Equal(Some.At(20), seen.WholeSince);
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(seen, whole, Some.At(49)));
        Assert.Equal(new RollOutEnd.Well(SomeSizes.Small, 4), Assert.IsType<RollOutStep.End>(RollOuts.Next(seen, whole, Some.At(50))).How);
    }

    [Fact]
    public void Sickness_in_the_watch_begins_it_anew_or_takes_the_size_back()
    {
        var seen = Begun with { WholeSince = Some.At(20) };
        var sick = Assert.IsType<RollOutStep.Wait>(RollOuts.Next(seen, Fleet(4, upgraded: 4, InstanceHealth.Unhealthy), Some.At(49))).State;

        Assert.Null(sick.WholeSince);
        Assert.IsType<RollOutStep.Undo>(RollOuts.Next(sick, Fleet(4, upgraded: 4, InstanceHealth.Unhealthy), Some.At(54)));
    }

    [Fact]
    public void An_undo_goes_on_beside_sickness_ends_without_a_watch_and_is_not_taken_back()
    {
        var undo = Begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, Why = "it was bad", SickSince = Some.Noon };
        var reading = SomeSizes.Reading(
            SomeSizes.Middle, SomeSizes.Instance("0", SomeSizes.Small, isCurrent: false, health: InstanceHealth.Unhealthy), SomeSizes.Instance("1"));

        Assert.Equal(["0"], Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(undo, reading, Some.At(30))).Instances);
        var back = Assert.IsType<RollOutStep.End>(RollOuts.Next(undo with { BatchAt = Some.At(30) }, SomeSizes.Four, Some.At(40)));
        Assert.Equal(new RollOutEnd.Undone(SomeSizes.Small, SomeSizes.Middle, "it was bad"), back.How);
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(undo, Fleet(4, 4, InstanceHealth.Unhealthy, SomeSizes.Middle), Some.At(300)));
    }

    /// <summary>The size there is did well: it serves for as long as the other one makes instances ill.</summary>
    [Fact]
    public void The_way_back_to_a_size_that_is_owed_restarts_no_more_while_those_before_are_ill()
    {
        var owed = Begun with { From = SomeSizes.Small, To = SomeSizes.Middle, IsUndo = true, IsOwed = true, Why = "the budget is over", SickSince = Some.Noon };
        var ill = SomeSizes.Reading(
            SomeSizes.Middle, SomeSizes.Instance("0", SomeSizes.Small, isCurrent: false), SomeSizes.Instance("1", health: InstanceHealth.Unhealthy));
        var well = SomeSizes.Reading(SomeSizes.Middle, SomeSizes.Instance("0", SomeSizes.Small, isCurrent: false), SomeSizes.Instance("1"));

        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(owed, ill, Some.At(30)));
        Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(owed with { IsOwed = false }, ill, Some.At(30)));
        Assert.IsType<RollOutStep.Upgrade>(RollOuts.Next(owed with { SickSince = null }, well, Some.At(30)));
    }

    [Fact]
    public void What_azure_gave_nobody_has_ended_and_so_has_what_somebody_else_changed()
    {
        Assert.Equal(new RollOutEnd.NeverTaken(SomeSizes.Small), Assert.IsType<RollOutStep.End>(RollOuts.Next(Begun, SomeSizes.Four, Some.At(3))).How);
        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, SomeSizes.Four with { IsUpdating = true }, Some.At(3)));
        Assert.Equal(new RollOutEnd.Overtaken(SomeSizes.Big), Assert.IsType<RollOutStep.End>(RollOuts.Next(Begun, SomeSizes.Reading(SomeSizes.Big), Some.At(3))).How);
    }

    [Fact]
    public void What_does_not_end_by_itself_asks_for_a_person()
    {
        var unreadable = new SizeReading.Unreadable("403");

        Assert.IsType<RollOutStep.Wait>(RollOuts.Next(Begun, unreadable, Some.At(359)));
        Assert.Equal(new RollOutEnd.Stuck(SomeSizes.Small, "403"), Assert.IsType<RollOutStep.End>(RollOuts.Next(Begun, unreadable, Some.At(360))).How);
        Assert.Equal(
            new RollOutEnd.Stuck(SomeSizes.Small, "8 of 10 instances do not have it"),
            Assert.IsType<RollOutStep.End>(RollOuts.Next(Begun, Fleet(10, upgraded: 2) with { Mode = RollOutMode.ByAzure }, Some.At(390))).How);
    }

    private static SizeReading.Read Fleet(int count, int upgraded, InstanceHealth health = InstanceHealth.Healthy, string to = SomeSizes.Small) => SomeSizes.Reading(
        to,
        [.. Enumerable.Range(0, count).Select(id => id < upgraded
            ? SomeSizes.Instance($"{id}", to, health: health)
            : SomeSizes.Instance($"{id}", isCurrent: false))]);
}
