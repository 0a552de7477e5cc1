using System.Text.Json;
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
    public static OffStanding? Of(PolicySet policies, ObservedTarget target, TargetRow row, DateTimeOffset now)
    {
        if (policies.For(target) is not TargetPolicies.Resolved resolved || (resolved.Usage is null && row.Off is null))
        {
            return null;
        }

        var tick = new TickContext { Now = now, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1) };
        var context = OffTurns.ContextOf(target, resolved, row, new UseReading.Idle(), tick);
        var (slot, memory) = (OffHours.SlotOf(context), row.Off);
        var isDown = OffHours.IsDown(memory);
        return new OffStanding
        {
            Target = target,
            Workload = resolved.Workload.Name,
            State = StateOf(context, slot.IsOff, isDown),
            Since = slot.From > DateTimeOffset.MinValue ? slot.From : null,
            Next = slot.Until,
            IsNextStart = slot.IsOff,
            ReadyAt = isDown ? memory!.ReadyAt : null,
            Lead = OffHours.LeadOf(context),
            Before = isDown || memory is { OwesSize: true } ? (memory!.Instances, memory.Size) : null,
            Note = string.Join("; ", new[] { context.Problem, context.Remark, memory is { OwesSize: true } ? $"gets {memory.Size} again after the next off-hours" : "" }.Where(text => text.Length > 0)),
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
