using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class BudgetNoticesTests
{
    private static readonly BudgetAlertsPolicy Policy = SomeBudget.Policy(SomeBudget.Lower with { Select = SomeBudget.Everything }) with { Owner = "team-shop", TellsBy = [new AlertChannel("slack", "ALERT_SHOP")] };

    [Theory]
    [InlineData("Idle", "Announced", AlertUrgency.Warning, true)]
    [InlineData("Announced", "Active", AlertUrgency.Critical, true)]
    [InlineData("Active", "Undoing", AlertUrgency.Notice, false)]
    [InlineData("Undoing", "Idle", AlertUrgency.Notice, false)]
    public void A_step_is_told_with_its_money_and_the_commands_that_undo_it_and_put_it_off(string from, string to, AlertUrgency urgency, bool canBeUndone)
    {
        var held = Assert.Single(BudgetNotices.Of(Policy, [News(from, to)]));

        Assert.Equal((Policy.TellsBy, "team-shop", urgency), (held.Channels, held.Alert.Owner, held.Alert.Urgency));
        Assert.Equal(canBeUndone ? "sf budgets undo team lowerMaximum --reason …" : "", held.Alert.Undo);
        Assert.Equal("sf alerts snooze \"team\" --for 24h --reason …", held.Alert.Snooze);
        Assert.Equal(
            new AlertMoney(1_200, "EUR", "expected for the whole month, as billed and counted where no bill is yet", Some.At(0)), held.Alert.Money);
        Assert.Equal("400.00 EUR of 1,000.00 EUR are spent, and 1,200.00 EUR expected for the whole period; 95 % of the spend is counted as it happens", held.Alert.Why);
    }

    /// <summary>What changes nothing wakes nobody: it keeps to the five an hour, and to a snooze.</summary>
    [Theory]
    [InlineData(BudgetStepKind.Notify, PolicyMode.Act)]
    [InlineData(BudgetStepKind.LowerMaximum, PolicyMode.Observe)]
    public void A_step_that_changes_nothing_is_a_warning(BudgetStepKind kind, PolicyMode mode)
    {
        var policy = Policy with { Mode = mode, Ladder = [SomeBudget.Lower with { Kind = kind }] };

        Assert.Equal(AlertUrgency.Warning, Assert.Single(BudgetNotices.Of(policy, [News("Announced", "Active")])).Alert.Urgency);
    }

    [Fact]
    public void The_same_news_is_the_same_fact_and_money_nobody_knows_is_not_told()
    {
        var unknown = News("Idle", "Announced") with { Facts = new BudgetFacts("team", "lowerMaximum", "Idle", "Announced", null) { Currency = "EUR" } };

        Assert.Equal(BudgetNotices.Of(Policy, [News("Idle", "Announced")])[0].Alert.Fact, BudgetNotices.Of(Policy, [unknown])[0].Alert.Fact);
        Assert.Null(BudgetNotices.Of(Policy, [unknown])[0].Alert.Money);
        Assert.Equal("what was spent is not known", BudgetNotices.Of(Policy, [unknown])[0].Alert.Why);
    }

    private static BudgetNews News(string from, string to) => new(
        Some.At(0), "budget team: the step lower moves",
        new BudgetFacts("team", "lowerMaximum", from, to, null) { Currency = "EUR", Amount = 1_000, Spent = 400, Expected = 1_200, Coverage = 0.95 });
}
