using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Says what is done about idle machines and plans: mark, notify, act. It only says when a target is to be off; off-hours do the rest,
/// with their memory, guards and way back. What nobody can read is a reason to do nothing.
/// </summary>
/// <example>
/// Notice after 7 days, 3 days of notice:
/// <code>
/// Mon 1st   idle, marked
/// Mon 8th   the owner is told that it is deallocated on Thursday 11th
/// Tue 9th   the tag is taken away: nothing is done, and the next notice begins anew
/// Thu 11th  still idle, not in use in the last half hour: deallocated; it comes back when somebody starts it, snoozes it, or takes the tag away
/// </code>
/// </example>
internal static class LeftoverActs
{
    /// <summary>A notice counts for so long after it fell due: what was held up for longer is told again before anything is done.</summary>
    public static readonly TimeSpan NoticeCounts = TimeSpan.FromDays(7);

    /// <summary>It is looked for once a day; what was not seen for longer is not known to be idle.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(26);

    /// <summary>Until nobody has measured how long it takes to come back, this is patient enough not to raise an alarm about it.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromMinutes(30);

    private const string Deleted = "what is deleted a person deletes, who has read the command";

    private const string OnlyTold = "the policy only tells";

    /// <summary>Why nothing is done about what was found; null where it is stopped or lowered after the notice.</summary>
    public static string? WhyNot(PolicySet policies, PricedLeftover found) => found.Leftover.Running is not { } target ? Deleted
        : found.Policy.Act is null ? OnlyTold
        : policies.For(target) switch
        {
            TargetPolicies.Resolved resolved => WhyNot(target, resolved, found.Policy.Name),
            TargetPolicies.None none => none.Reason,
            TargetPolicies.Conflict conflict => conflict.Message,
            _ => throw new InvalidOperationException("policies are resolved, none or in conflict"),
        };

    /// <summary>The same for a target in its turn.</summary>
    private static string? WhyNot(ObservedTarget target, TargetPolicies.Resolved policies, string policy) => policies switch
    {
        { Findings: null } => $"the workload {policies.Workload.Name}, which governs it, has no findings of its own",
        { Findings.Act: null } => OnlyTold,
        { Findings: { } findings } when findings.Name != policy => $"the workload {policies.Workload.Name}, which governs it, has its findings in the policy {findings.Name}",
        { Workload.IsCritical: true } => $"its workload {policies.Workload.Name} is critical",
        { Workload.Mode: PolicyMode.Observe } => $"its workload {policies.Workload.Name} has 'mode: observe'",
        _ when policies.IsSteered(target) => "Azure's own autoscale sets its count",
        _ when target.Tags is TargetTags.Unknown unknown => $"its tags could not be read ({unknown.Reason})",
        _ when !FindingsActTerms.IsWanted(target.Tags) => $"it has no tag {FindingsActTerms.Tag}: true",
        { Usage.OffHours: { } off } when OffTurns.ScheduleOf(target, off).Schedule is not null => "off-hours put it off",
        _ when GoalOf(target, policies) > 0 && target.Capacity <= GoalOf(target, policies) =>
            $"it has no more than the minimum of its policy; a smaller size is what 'kind: {ResourceRightsizingBinding.Kind}' is for",
        _ => null,
    };

    /// <summary>How many are left: a machine is stopped, a plan keeps the minimum of its policy.</summary>
    public static int GoalOf(ObservedTarget target, TargetPolicies.Resolved policies) =>
        string.Equals(target.Id.ResourceType, WorkloadBinding.MachineType, StringComparison.OrdinalIgnoreCase) ? 0 : Math.Max(1, policies.Horizontal.Minimum);

    /// <summary>Whether anything of it has to be read: what is not asked for by policy and tag is told only, and what is down is not idle.</summary>
    public static bool Concerns(ObservedTarget target, TargetPolicies.Resolved policies) =>
        policies.Findings?.Act is not null && target.Capacity > GoalOf(target, policies) && FindingsActTerms.IsWanted(target.Tags);

    /// <summary>Whether the notice was given, has run out and still counts.</summary>
    public static bool IsDue(LeftoverRecord? mark, FindingsActTerms act, DateTimeOffset now) =>
        mark is { ToldAt: not null, WhyNotActed: null, NoticedAt: { } noticed } && now - mark.LastSeen <= Fresh && now >= noticed + act.After && now < noticed + act.After + NoticeCounts;

    /// <summary>What says that somebody works on it, once it is about to be stopped.</summary>
    public static InUseTerms? UseOf(ObservedTarget target, TargetPolicies.Resolved policies, LeftoverRecord? mark, DateTimeOffset now) =>
        policies.Findings?.Act is not { } act || !Concerns(target, policies) || !IsDue(mark, act, now) ? null
        : act.InUse ?? (Assessments.ProcessorMetric.Of(target.Id, target.Sku) is { } processors
            ? new InUseTerms(new SignalSource.Metric(processors.Selector), FindingsActTerms.BusyAbove, FindingsActTerms.BusyWithin)
            : null);

    /// <summary>The context of off-hours with what is to be off because it is idle; the same one where off-hours themselves have a say.</summary>
    public static OffContext In(OffContext context, ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row, LeftoverRecord? mark)
    {
        var memory = row.Off is { IsIdle: true } idle ? idle : null;
        if (context.Schedule is not null || (row.Off is not null && memory is null) || (memory is null && policies.Findings?.Act is null))
        {
            return context;
        }

        var (edge, problem) = EdgeOf(target, policies, memory, mark, context.Now);
        return edge is not { } from
            ? context with { Memory = memory is { ReadyAt: null, IsReleased: false } ? memory with { ReadyAt = context.Now + Return } : context.Memory, Remark = Remark(policies, mark, target, context) }
            : context with
            {
                Terms = new OffHoursTerms
                {
                    Schedule = new OffSchedule.Since(from),
                    Instances = GoalOf(target, policies),
                    StopExpires = NoticeCounts + Fresh,
                    Spread = TimeSpan.Zero,
                    LongestSnooze = OffHoursTerms.LongestOfSnoozes,
                },
                Schedule = new OffSchedule.Since(from),
                Spread = TimeSpan.Zero,
                Problem = problem.Length > 0 ? problem : context.Problem,

                // Whoever woke it is not asked for longer; and what is idle breaks no schedule by running.
                Snooze = memory is { IsReleased: true } ? null : context.Snooze,
                IsActing = false,
                IsIdle = true,
            };
    }

    /// <summary>Since when it is to be off; nothing where it is not, or not any more.</summary>
    private static (DateTimeOffset? Edge, string Problem) EdgeOf(ObservedTarget target, TargetPolicies.Resolved policies, OffMemory? memory, LeftoverRecord? mark, DateTimeOffset now)
    {
        if (policies.Findings is not { Act: { } act } findings)
        {
            return (null, "");
        }

        if (memory is not null && target.Tags is TargetTags.Unknown unknown)
        {
            return (memory.Edge, $"its tags could not be read ({unknown.Reason}), so it is not stopped");
        }

        // What is down already has no more than what is left of it; the other reasons bring it back.
        var isDown = memory is { IsReleased: false } && OffHours.IsDown(memory);
        if (WhyNot(isDown ? target with { Capacity = int.MaxValue } : target, policies, findings.Name) is not null && !(memory is { IsReleased: true } && FindingsActTerms.IsWanted(target.Tags)))
        {
            return (null, "");
        }

        return isDown ? (memory!.Edge, "")
            : memory is { IsReleased: true } && !(mark?.NoticedAt > memory.Edge) ? (memory.Edge, "")
            : !IsDue(mark, act, now) || mark!.Policy != findings.Name ? (null, "")
            : (memory is not null && memory.Edge > mark.NoticedAt ? memory.Edge : mark.NoticedAt!.Value + act.After, "");
    }

    /// <summary>What people are to know before it is done.</summary>
    private static string Remark(TargetPolicies.Resolved policies, LeftoverRecord? mark, ObservedTarget target, OffContext context) =>
        mark is { ToldAt: { } told, WhyNotActed: null } && policies.Findings?.Act is { } act && WhyNot(target, policies, mark.Policy) is null
            ? string.Join("; ", new[]
            {
                context.Remark,
                $"found idle, told {told.UtcDateTime:yyyy-MM-dd}; {(mark.NoticedAt is { } noticed ? $"it is {(GoalOf(target, policies) == 0 ? "deallocated" : "lowered to its minimum")} from {(noticed + act.After).UtcDateTime:yyyy-MM-dd HH:mm} UTC on" : "nothing is done before its owner was told by a channel")}",
            }.Where(text => text.Length > 0))
            : context.Remark;

    /// <summary>What was decided, in the words of what is idle; whoever wakes it has it left alone until another notice was given.</summary>
    public static OffStep Say(OffStep step, OffContext context, OffMemory? before)
    {
        if (!context.IsIdle)
        {
            return step;
        }

        var isBack = step.Memory is null && before is not null && OffHours.IsDown(before);
        var memory = step.Memory is { IsReleased: true } or null
            ? (step.Memory ?? (isBack ? before : null)) is { } left
                ? left with { IsIdle = true, IsReleased = true, IsLowered = false, DownAt = null, ReturningSince = null, ReadyAt = null, LowSize = null, Tries = 0, TriedAt = null, IsLateTold = false }
                : null
            : step.Memory with { IsIdle = true };
        return step with
        {
            Memory = memory,
            Wish = step.Wish is OffWish.Lower lower ? lower with { IsIdle = true } : step.Wish,
            Told = step.IsRelease ? "somebody started what was stopped because it was idle; it is left alone until it is found idle again and its owner is told anew" : step.Told,
            Note = step.Note.Length == 0 ? "" : memory is { IsReleased: true } ? "was stopped because it was idle and woken since: left alone until another notice" : $"found idle: {step.Note}",
        };
    }
}
