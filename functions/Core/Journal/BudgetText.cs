using System.Globalization;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Journal;

/// <summary>Makes sentences of what happens to budgets.</summary>
public static class BudgetText
{
    /// <param name="budget">Name of the policy.</param>
    /// <param name="change">What happened to a step.</param>
    /// <param name="isObserved">Whether nothing is changed by it.</param>
    /// <param name="undo">How steps are undone.</param>
    /// <param name="kind">What the step does; absent when the policy has no such step any more.</param>
    public static string Of(string budget, LadderChange change, bool isObserved, BudgetUndo undo, BudgetStepKind? kind = null)
    {
        var what = (change.From, change.To) switch
        {
            (_, BudgetPhase.Announced or BudgetPhase.InGrace) when change.ActsAt is { } at =>
                $"{Told(change)} and acts from {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC on",
            (BudgetPhase.Undoing, BudgetPhase.Active) => "stays after all",
            (_, BudgetPhase.Active) => "acts",
            (_, BudgetPhase.Undoing) => kind is BudgetStepKind.Notify ? "ends" : $"is undone, {InRings(undo)}",
            (BudgetPhase.Active, _) or (BudgetPhase.Undoing, _) => $"is over{GivesBack(kind)}",
            _ => "is withdrawn",
        };
        return $"budget {budget}: the step {change.Step} {what}, {Of(change.Reason)}{(isObserved ? " (the policy observes: nothing is changed)" : "")}";
    }

    /// <summary>What people are told of comes to nothing else, and what was only held was never taken.</summary>
    private static string GivesBack(BudgetStepKind? kind) => kind switch
    {
        BudgetStepKind.Notify => "",
        BudgetStepKind.FreezeScaleOut => ", what it held may grow again",
        _ => ", what it took comes back as it can be had",
    };

    private static string InRings(BudgetUndo undo) => undo.FirstShare >= 1 || undo.RestAfter == TimeSpan.Zero
        ? "all resources at once"
        : $"{Percent(100 * undo.FirstShare)} of the resources at once and what is left {DurationText.Of(undo.RestAfter)} later";

    private static string Told(LadderChange change) => (change.From, change.To) switch
    {
        (BudgetPhase.Announced, BudgetPhase.InGrace) => "is told a last time",
        (BudgetPhase.Announced or BudgetPhase.InGrace, _) => "is announced anew",
        _ => "is announced",
    };

    public static string Of(string budget, ThresholdPassed passed) =>
        $"budget {budget}: {(passed.Basis == BudgetBasis.Actual ? "spend has passed" : "the forecast passes")} {Percent(passed.Limit)} of the amount, it is at {Percent(passed.Percent)}";

    /// <summary>All steps together save too little.</summary>
    public static string OutOfReach(string budget, string currency, decimal overspend, decimal reach) =>
        $"budget {budget}: the forecast is {Money(overspend, currency)} over the amount, and all steps together reach {Money(reach, currency)}: a person has to look";

    /// <summary>It has done nothing for a while.</summary>
    public static string NotJudged(string budget, DateTimeOffset since, string why) =>
        $"budget {budget}: it cannot be judged since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC, nothing begins and nothing ends: {why}";

    public static string JudgedAgain(string budget) => $"budget {budget}: it can be judged again";

    public static string Of(LadderReason reason) => reason switch
    {
        LadderReason.Reached r => $"{(r.Basis == BudgetBasis.Actual ? "spend" : "the forecast")} is at {Percent(r.Percent)} of the amount, {Percent(r.Limit)} is its limit",
        LadderReason.Calm r => $"the forecast is at {Percent(r.Percent)} and has been below {Percent(r.Below)} since {r.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        LadderReason.PeriodTurned r => $"the period from {r.Over.Start:yyyy-MM-dd} is over",
        LadderReason.Refused r => $"{r.By} does not want it: {r.Why}",
        LadderReason.Changed => "the policy makes something else of it now",
        LadderReason.NotInPolicy => "the policy has no such step any more",
        LadderReason.AllRestored r => r.Cause switch
        {
            UndoCause.Calm => "after the forecast had fallen",
            UndoCause.PeriodTurned => "after the period had ended",
            _ => "as a person wanted",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Money(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,##0.00} {currency}");

    public static string Percent(double percent) => string.Create(CultureInfo.InvariantCulture, $"{percent:0.#} %");
}
