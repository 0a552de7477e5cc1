using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

/// <summary>Off since 11:00, to be back by 18:00; it is noon, and a person wants it now.</summary>
public sealed class WakeTransitionsTests
{
    private static readonly KillSwitch Clear = new(false, "", "", Some.At(-100));

    private static readonly OffMemory Down = new(Some.At(-60), 6, "D4", 0, Some.At(-60)) { IsLowered = true, DownAt = Some.At(-50), ReadyAt = Some.At(360) };

    private static readonly TargetRow Row = new() { Target = Some.Id(), Off = Down, LastKnownCapacity = 0 };

    [Fact]
    public void It_is_on_until_its_hours_begin_and_that_is_journaled_with_who_and_why()
    {
        var woken = Woken(Row);

        Assert.Equal(new Snooze("ann", "a demo", Some.Noon, Some.At(360)), woken.Snooze);
        Assert.Equal(woken.Snooze, woken.Row.Snooze);
        Assert.Equal("", woken.Note);
        var entry = Assert.Single(woken.Row.Journal.Outbox);
        Assert.Equal((JournalKind.Snooze, "ann"), (entry.Kind, entry.Actor));
        Assert.Contains("brought back from off-hours, and kept on until", entry.Text, StringComparison.Ordinal);
        Assert.EndsWith("by ann: a demo", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_of_its_own_counts_and_none_beyond_what_the_policy_allows()
    {
        Assert.Equal(Some.At(120), Woken(Row, TimeSpan.FromHours(2)).Snooze.Until);

        var narrow = Woken(Row with { Standing = Standing() with { LongestSnooze = TimeSpan.FromHours(4) } });
        Assert.Equal(Some.At(240), narrow.Snooze.Until);
        Assert.StartsWith("4h are the most its policy allows; it is off again from ", narrow.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_on_or_on_its_way_is_not_woken()
    {
        Assert.StartsWith("off-hours do not keep web off, so there is nothing to bring back", Refused(Row with { Off = null }), StringComparison.Ordinal);
        Assert.StartsWith("off-hours do not keep web off", Refused(Row with { Off = Down with { IsLowered = false, DownAt = null } }), StringComparison.Ordinal);
        Assert.StartsWith("web is on its way back already", Refused(Row with { Off = Down with { ReadyAt = Some.At(-1) } }), StringComparison.Ordinal);
        Assert.StartsWith("nothing says when web would be on by itself", Refused(Row with { Off = Down with { ReadyAt = null } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_budget_took_is_the_budgets_to_give_back()
    {
        var stand = new BudgetStand("team", "stop", 6, Some.At(-30));
        Assert.Equal("off-hours do not keep web off, the step stop of the budget team does: 'sf budgets undo team stop' ends it", Refused(Row with { Off = null, Budget = stand }));
        Assert.Contains("the step stop of the budget team holds it as well", Woken(Row with { Budget = stand }).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_it_from_starting_is_told()
    {
        Assert.Contains("it is paused by bob", Woken(Row with { Pause = new TargetPause("bob", "incident", Some.At(-5), null) }).Note, StringComparison.Ordinal);
        Assert.Contains("it is only observed", Woken(Row with { Standing = Standing() with { Mode = PolicyMode.Observe } }).Note, StringComparison.Ordinal);
        var held = Assert.IsType<WakeAnswer.Woken>(Row.Wake(null, "ann", "a demo", Some.Noon, new KillSwitch(true, "bob", "incident", Some.At(-5))));
        Assert.Contains("the kill switch is set by bob", held.Note, StringComparison.Ordinal);
    }

    private static TargetStanding Standing() => new() { Workload = "shop", Mode = PolicyMode.Act, Minimum = 0, Maximum = 6, Region = "westeurope", Sku = "D4", Signals = [] };

    private static WakeAnswer.Woken Woken(TargetRow row, TimeSpan? span = null) => Assert.IsType<WakeAnswer.Woken>(row.Wake(span, "ann", "a demo", Some.Noon, Clear));

    private static string Refused(TargetRow row) => Assert.IsType<WakeAnswer.Refused>(row.Wake(null, "ann", "a demo", Some.Noon, Clear)).Why;
}
