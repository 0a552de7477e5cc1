using System.Globalization;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Plans;

namespace ScaleFunctions.Core.Journal;

/// <summary>Makes sentences of what was decided on a size.</summary>
public static class SizeText
{
    /// <summary>The case without its numbers: equal for evaluations that are told once.</summary>
    public static string Case(SizeOutcome outcome) => outcome switch
    {
        SizeOutcome.Kept kept => $"size/keep/{kept.Decision.Reason.GetType().Name}",
        SizeOutcome.Held held => $"size/held/{held.Decision.Desired}/{held.Why.Guard}/{held.Why.Reason.GetType().Name}",
        SizeOutcome.Planned planned => $"size/change/{planned.Decision.Desired}",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Of(SizeOutcome outcome) => outcome switch
    {
        SizeOutcome.Held held => $"{Of(held.Decision)}; held: {ReasonText.Of(held.Why.Reason)}",
        _ => Of(outcome.Decision),
    };

    public static string Of(SizeDecision decision) =>
        (decision.IsChange ? $"{decision.Current} → {decision.Desired}: {Of(decision.Reason)}" : $"{decision.Current} stays: {Of(decision.Reason)}")
        + (decision.Fallback.Length == 0 ? "" : $"; one step at a time, because size and count together could not be planned: {decision.Fallback}");

    private static string Of(SizeReason reason) => reason switch
    {
        SizeReason.Scarce r => $"{Part(r.Part)} was {Number(r.Mean)} % on the mean of the last {Span(r.For)}, above {Number(r.Above)} %",
        SizeReason.Idle r =>
            $"over {Span(r.For)} 95 of 100 samples had at most {Number(r.Cpu)} % of the processors and {Number(r.Memory)} % of the memory in use; "
            + $"the busiest would be {Number(r.ProjectedCpu)} and {Number(r.ProjectedMemory)} % on the smaller size",
        SizeReason.Fits r => $"{Part(r.Part)} is {Number(r.Usual)} % in 95 of 100 samples; smaller below {Number(r.DownBelow)}, bigger above {Number(r.UpAbove)}",
        SizeReason.WouldBeShort r => $"idle enough for {r.Size}, but at the busiest moment {Part(r.Part)} would be {Number(r.Projected)} % there, above {Number(r.Above)}",
        SizeReason.AtTop r => $"the ladder has no bigger one, although {Of(r.Wish)}",
        SizeReason.AtBottom => "less would do, and the ladder has no smaller one",
        SizeReason.NotOnLadder r => $"it is not on the ladder ({string.Join(", ", r.Sizes)})",
        SizeReason.Found r => Found(r.Finding),
        SizeReason.FindingWaits r => $"{Found(r.Finding)}; it is not carried out: {r.Why}",
        SizeReason.NothingFound r => $"rightsizing asks for nothing: {r.Why}",
        SizeReason.Cheaper r => r.Why,
        SizeReason.PlannerKeeps r => $"no other size and count on the ladder is better: {r.Why}",
        SizeReason.OffHours r => r.Why,
        SizeReason.UnderBudget r => string.Create(
            CultureInfo.InvariantCulture,
            $"the step {r.Step} of the budget {r.Budget} wants it cheaper: an instance costs {r.Then:0.####} {r.Currency} an hour in place of {r.Now:0.####}; "
            + $"the busiest sample would be {r.Projected.Cpu:0.#} % of the processors and {r.Projected.Memory:0.#} % of the memory"),
        SizeReason.NotUnderBudget r => $"the step {r.Step} of the budget {r.Budget} wants it cheaper, and it is not made so: {r.Why}",
        SizeReason.HeldByBudget r => $"the step {r.Step} of the budget {r.Budget} holds; it gets {r.Own} back when that is over",
        SizeReason.BackFromBudget r => $"the size it had before the step {r.Step} of the budget {r.Budget}",
        SizeReason.InDoubt r => $"not judged: {r.Why}",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private static string Found(KeptFinding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"rightsizing, finding {finding.Id} of {finding.At:yyyy-MM-dd HH:mm}: {finding.Instances} × {finding.Size} should be {(finding.FollowsLoad ? "" : $"{finding.ToInstances} × ")}{finding.ToSize}"
        + $", which {Saving(finding)} a month (risk {finding.Risk.ToString().ToLowerInvariant()}, {finding.ConfidenceDays:0.#} days of history); {finding.Why}");

    private static string Saving(KeptFinding finding) => finding.SavingHigh is { Amount: < 0 } more
        ? string.Create(CultureInfo.InvariantCulture, $"costs {-more.Amount:0.##} {more.Currency} more")
        : string.Create(CultureInfo.InvariantCulture, $"saves {finding.SavingLow.Amount:0.##} to {finding.SavingHigh.Amount:0.##} {finding.SavingHigh.Currency}");

    private static string Part(UsedPart part) => part == UsedPart.Cpu ? "the processors' use" : "the memory's use";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => Policies.DurationText.Of(span);
}
