using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What people are told of budgets, and in which order.</summary>
public sealed class BudgetNewsTests
{
    private static readonly LadderChange Undone = new("stop", BudgetPhase.Active, BudgetPhase.Undoing, new LadderReason.PeriodTurned(SomeBudget.March));

    [Fact]
    public void What_ends_with_a_period_is_told_before_what_begins_in_the_next()
    {
        var look = new LadderLook
        {
            Policy = SomeBudget.Policy(SomeBudget.Stop),
            Kept = KeptLadder.New,
            Judgement = SomeBudget.Judged(950, 1_200),
            Period = SomeBudget.March,
            Now = Some.Noon,
        };
        var begun = new LadderChange("lowerMaximum", BudgetPhase.Idle, BudgetPhase.Announced, new LadderReason.Reached(BudgetBasis.Forecast, 120, 100), Some.At(60));
        var news = BudgetBook.News(BudgetRecord.New, look, new LadderOutcome(KeptLadder.New, [begun, Undone], [new ThresholdPassed(BudgetBasis.Actual, 95, 95.2)]), by: null);

        Assert.Equal(["the period from 2026-03-01 is over", "it is at 95.2 %", "100 % is its limit"], news.Select(each => each.Text.Split(", ")[^1]));
    }

    /// <summary>A step that only told people, or held what nobody had asked for yet, took nothing that could come back.</summary>
    [Fact]
    public void A_step_that_took_nothing_gives_nothing_back()
    {
        Assert.Equal("budget team: the step notify is over, after the period had ended", Over(SomeBudget.Notify));
        Assert.Equal("budget team: the step freezeScaleOut is over, what it held may grow again, after the period had ended", Over(SomeBudget.Freeze));
        Assert.Equal("budget team: the step stop is over, what it took comes back as it can be had, after the period had ended", Over(SomeBudget.Stop));
        Assert.Equal("budget team: the step notify ends, the period from 2026-03-01 is over", Of(SomeBudget.Notify, BudgetPhase.Undoing, new LadderReason.PeriodTurned(SomeBudget.March)));

        static string Over(BudgetStep step) => Of(step, BudgetPhase.Idle, new LadderReason.AllRestored(UndoCause.PeriodTurned));

        static string Of(BudgetStep step, BudgetPhase to, LadderReason reason)
        {
            var look = new LadderLook
            {
                Policy = SomeBudget.Policy(step),
                Kept = KeptLadder.New,
                Judgement = SomeBudget.Judged(950, 1_200),
                Period = SomeBudget.March,
                Now = Some.Noon,
            };
            var change = new LadderChange(step.Name, to == BudgetPhase.Undoing ? BudgetPhase.Active : BudgetPhase.Undoing, to, reason);
            return Assert.Single(BudgetBook.News(BudgetRecord.New, look, new LadderOutcome(KeptLadder.New, [change], []), by: null)).Text;
        }
    }

    /// <summary>What comes back at once is not told to come back in parts.</summary>
    [Fact]
    public void An_undo_says_how_much_comes_back_when()
    {
        Assert.Contains("is undone, 25 % of the resources at once and what is left 30m later, the period from", Text(SomeBudget.Undo), StringComparison.Ordinal);
        Assert.Contains("is undone, all resources at once, the period from", Text(SomeBudget.Undo with { FirstShare = 1 }), StringComparison.Ordinal);
        Assert.Contains("is undone, all resources at once, the period from", Text(SomeBudget.Undo with { RestAfter = TimeSpan.Zero }), StringComparison.Ordinal);

        static string Text(BudgetUndo undo) => BudgetText.Of("team", Undone, isObserved: false, undo);
    }
}
