using System.Globalization;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes alerts of what happens to budgets, for the channels of their policies.</summary>
internal static class BudgetNotices
{
    public static IReadOnlyList<HeldAlert> Of(BudgetAlertsPolicy policy, IReadOnlyList<BudgetNews> news) => [.. news.Select(each => new HeldAlert(Of(policy, each), policy.TellsBy))];

    private static Alert Of(BudgetAlertsPolicy policy, BudgetNews news)
    {
        var facts = news.Facts;
        return new Alert
        {
            Fact = $"budget|{policy.Name}|{news.At:O}|{news.Text}",
            Owner = policy.Owner,
            Urgency = Urgency(policy, facts),
            What = news.Text,
            Why = Why(news),
            About = policy.Name,
            Money = facts is { Expected: { } expected } ? new AlertMoney(expected, facts.Currency, Basis(policy), news.At) : null,
            Undo = facts is { Step: { } step, To: nameof(BudgetPhase.Announced) or nameof(BudgetPhase.InGrace) or nameof(BudgetPhase.Active) } ? $"sf budgets undo {policy.Name} {step} --reason …" : "",
            Snooze = StandingAlerts.Snooze(policy.Name),
            At = news.At,
        };
    }

    /// <summary>Only what changes resources may wake somebody.</summary>
    private static AlertUrgency Urgency(BudgetAlertsPolicy policy, BudgetFacts facts) => facts switch
    {
        { To: nameof(BudgetPhase.Active) } => policy.Mode == PolicyMode.Act && policy.Ladder.Any(step => step.Name == facts.Step && step.Acts) ? AlertUrgency.Critical : AlertUrgency.Warning,
        { Step: not null, From: nameof(BudgetPhase.Active) or nameof(BudgetPhase.Undoing) } => AlertUrgency.Notice,
        { To: BudgetBlindness.Sighted } => AlertUrgency.Notice,
        _ => AlertUrgency.Warning,
    };

    private static string Why(BudgetNews news) => news.Facts is { Spent: { } spent, Amount: { } amount, Expected: { } expected } facts
        ? string.Create(CultureInfo.InvariantCulture, $"{BudgetText.Money(spent, facts.Currency)} of {BudgetText.Money(amount, facts.Currency)} are spent, and {BudgetText.Money(expected, facts.Currency)} expected for the whole period; {100 * (facts.Coverage ?? 0):0} % of the spend is counted as it happens")
        : "what was spent is not known";

    private static string Basis(BudgetAlertsPolicy policy) =>
        $"expected for the whole {policy.Period.ToString().ToLowerInvariant()}, as billed{(policy.IsAmortized ? ", reservations day by day," : "")} and counted where no bill is yet";
}
