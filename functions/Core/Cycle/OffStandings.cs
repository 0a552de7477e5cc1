using System.Text.Json;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Tells how off-hours stand. It reads what is known and decides nothing.</summary>
public static class OffStandings
{
    /// <summary>Evaluations come every minute; what has had none for so long nobody looks after.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    /// <summary>Nothing where no policy puts the target off and nothing is owed to it.</summary>
    /// <param name="policies">What is wanted of it.</param>
    /// <param name="target">The target.</param>
    /// <param name="row">What is remembered of it; absent where that is not known, so that only what there is is held against its hours.</param>
    /// <param name="budgets">What steps of budgets are in force.</param>
    /// <param name="now">When.</param>
    public static OffStanding? Of(PolicySet policies, ObservedTarget target, TargetRow? row, IReadOnlyList<BudgetStanding> budgets, DateTimeOffset now) =>
        Of(policies, target, row ?? new TargetRow { Target = target.Id }, isRemembered: row is not null, budgets, now);

    private static OffStanding? Of(PolicySet policies, ObservedTarget target, TargetRow row, bool isRemembered, IReadOnlyList<BudgetStanding> budgets, DateTimeOffset now)
    {
        if (policies.For(target) is not TargetPolicies.Resolved resolved || (resolved.Usage is null && row.Off is null))
        {
            return null;
        }

        var tick = new TickContext { Now = now, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1), Budgets = budgets };
        var context = OffTurns.ContextOf(target, resolved, row, new UseReading.Idle(), tick);
        var (slot, memory) = (OffHours.SlotOf(context), row.Off);
        var isDown = OffHours.IsDown(memory);
        var held = HeldBy(context, row);
        var isHeld = held.Length > 0 && !slot.IsOff;
        return new OffStanding
        {
            Target = target,
            Workload = resolved.Workload.Name,
            State = isHeld ? "held by a budget" : isRemembered ? StateOf(context, slot.IsOff, isDown) : Seen(context, resolved, slot.IsOff),
            Since = slot.From > DateTimeOffset.MinValue ? slot.From : null,
            Next = slot.Until,
            IsNextStart = slot.IsOff,
            ReadyAt = isDown && held.Length == 0 ? memory!.ReadyAt : null,
            Lead = OffHours.LeadOf(context),
            Before = isDown || memory is { OwesSize: true } ? (memory!.Instances, memory.Size) : isHeld && row.Budget is { } stand ? (stand.Instances, stand.OwnSize ?? target.Sku) : null,
            Note = string.Join("; ", new[] { context.Problem, context.Remark, memory is { OwesSize: true } ? $"gets {memory.Size} again after the next off-hours" : "", held.Length == 0 ? "" : isHeld ? $"back once {held} is over" : $"{held} holds it, too" }.Where(text => text.Length > 0)),
        };
    }

    /// <summary>Instance-hours spared since a moment: what the journal tells of those that are over, and what is going on. What began before counts from then on.</summary>
    public static double SavedHours(IEnumerable<JournalEntry> entries, TargetRow row, DateTimeOffset since, DateTimeOffset now) =>
        entries.Where(entry => entry.Kind == JournalKind.OffHours)
            .Sum(entry => entry.Facts.Deserialize(FactsJson.Default.OffFacts) is { } facts ? SavedHours(facts, since) : 0)
        + (row.Off is { } memory ? OffTransitions.SavedHours(memory, since, memory.ReturningSince ?? now) : 0);

    private static double SavedHours(OffFacts facts, DateTimeOffset since) => facts switch
    {
        { SavedHours: { } hours, DownSince: { } from, DownUntil: { } until } when from < since && from < until =>
            hours * (Math.Max(0, (until - since).TotalHours) / (until - from).TotalHours),
        _ => facts.SavedHours ?? 0,
    };

    /// <summary>
    /// What we put off and nobody looks after any more, because no policy selects it or it is not listed: it would stay off. Told every
    /// hour; null while there is nothing.
    /// </summary>
    public static string? Alert(TargetRow row, DateTimeOffset now, TimeSpan interval)
    {
        if (row.Off is not { } memory || !OffHours.IsDown(memory) || row.EvaluatedAt is not { } last || now - last < Forgotten
            || (now - last - Forgotten).TotalMinutes % 60 >= interval.TotalMinutes)
        {
            return null;
        }

        return $"{row.Target.Name} was put off by us at {memory.Edge:yyyy-MM-dd HH:mm} and nothing looks after it since {last:yyyy-MM-dd HH:mm}: no policy selects it, or it is not listed. "
            + $"It was {memory.Instances} of {memory.Size}{(memory.ReadyAt is { } ready ? $", to be back by {ready:yyyy-MM-dd HH:mm}" : "")}; bring the policy back, or start it by hand";
    }

    /// <summary>The step that keeps it from what it would come back to; empty when none does.</summary>
    private static string HeldBy(OffContext context, TargetRow row) =>
        context is { HeldBy: { Length: > 0 } step, Memory: { } memory } && OffHours.IsDown(memory) && context.Current < memory.Instances ? step
        : row.Budget is { RestoresSince: null, GivenUpAt: null } stand && context.Current < stand.Instances ? $"the step {stand.Step} of the budget {stand.Budget}"
        : "";

    /// <summary>Without a memory: what there is against what its hours ask for.</summary>
    private static string Seen(OffContext context, TargetPolicies.Resolved policies, bool isOff) => context switch
    {
        { Schedule: null } => "not put off",
        _ when isOff => context.Current <= (context.Terms?.Instances ?? 0) ? "off" : context.Problem.Length > 0 ? "not put off" : "not off",
        { Snooze: { } snooze } when snooze.IsActive(context.Now) && context.Current > 0 => "snoozed",
        _ => context.Current < Math.Min(1, policies.Horizontal.Minimum) ? "not on" : "on",
    };

    private static string StateOf(OffContext context, bool isOff, bool isDown) => context switch
    {
        { Memory.IsMissed: true } when isOff => "missed",
        { Memory.IsReleased: true } when isOff => "started by hand",
        { Snooze: { } snooze } when snooze.IsActive(context.Now) => isDown ? "coming back" : "snoozed",
        { Memory.DownAt: not null } when isOff => "off",
        _ when isDown && !isOff => "coming back",
        { Schedule: null } => "not put off",
        _ when isOff => context.Problem.Length > 0 ? "not put off" : context.Current <= (context.Terms?.Instances ?? 0) ? "off" : "going off",
        _ => "on",
    };
}
