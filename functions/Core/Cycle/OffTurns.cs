using System.Globalization;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What off-hours ask of a target in its turn.</summary>
internal static class OffTurns
{
    /// <param name="target">The target.</param>
    /// <param name="policies">What they say of it.</param>
    /// <param name="row">What is known of it.</param>
    /// <param name="use">Whether somebody works on it.</param>
    /// <param name="idle">That it was found idle; absent where it was not, or nobody wants anything done about that.</param>
    /// <param name="tick">What is the same for all.</param>
    public static OffStep Of(ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row, UseReading use, LeftoverRecord? idle, TickContext tick)
    {
        if (policies is { Usage: null, Findings.Act: null } or { Usage: null, Findings: null } && row.Off is null)
        {
            return OffStep.None;
        }

        var context = ContextOf(target, policies, row, use, tick, idle);
        return LeftoverActs.Say(OffHours.Decide(context), context, row.Off);
    }

    /// <summary>The row as it goes into the write of an action. What is over is forgotten only after it, so that it is told with what it was.</summary>
    public static TargetRow Remember(TargetRow row, TargetEvaluation evaluation) => evaluation.Off.Memory is not { } memory ? row : row with
    {
        Off = evaluation is { Off.Wish: OffWish.Lower, Outcome: PlanOutcome.Planned { Plan.IsLowering: true } } ? memory with { IsLowered = true } : memory,
    };

    /// <summary>The same for the write of another size.</summary>
    public static TargetRow RememberSize(TargetRow row, TargetEvaluation evaluation) => evaluation.Off.Memory is not { } memory ? row : row with
    {
        Off = memory with
        {
            LowSize = evaluation.Off.Wish is OffWish.Return ? memory.LowSize : evaluation.Off.Size,
            Tries = memory.Tries + 1,
            TriedAt = evaluation.Context.Now,
        },
    };

    public static OffContext ContextOf(ObservedTarget target, TargetPolicies.Resolved policies, TargetRow row, UseReading use, TickContext tick, LeftoverRecord? idle = null)
    {
        var terms = policies.Usage?.OffHours;
        var isSized = terms is not { Size.Length: > 0 } || string.Equals(target.Id.ResourceType, WorkloadBinding.PlanType, StringComparison.OrdinalIgnoreCase);
        terms = isSized ? terms : terms! with { Size = "" };
        var (schedule, problem) = terms is null ? (null, "") : ScheduleOf(target, terms);
        var longest = terms?.LongestSnooze ?? (policies.Findings?.Act is null && row.Off is not { IsIdle: true } ? (TimeSpan?)null : OffHoursTerms.LongestOfSnoozes);
        var (snooze, wrong, remark) = longest is not { } most ? (row.Snooze, "", "") : SnoozeOf(target, most, row.Snooze?.AtMost(most), tick.Now);
        var context = new OffContext
        {
            Now = tick.Now,
            Terms = schedule is null ? null : terms,
            Schedule = schedule,
            Problem = problem.Length > 0 ? problem : wrong,
            Remark = isSized ? remark : string.Join("; ", new[] { remark, "only App Service plans change their size in off-hours" }.Where(text => text.Length > 0)),
            Current = target.Capacity,
            Size = target.Sku,
            Most = Least(policies.Horizontal.At(tick.Now).Maximum, row.Override is { } asked && asked.IsActive(tick.Now) ? asked.Maximum : null, target.Most?.Instances),
            HeldBy = row.Off is { } memory ? BudgetUse.HeldBy(tick, target, policies, row, memory.Instances) : "",
            IsOurs = row.OwnCapacity == target.Capacity || policies.IsSteered(target),
            IsActing = policies.Workload.Mode == PolicyMode.Act && tick.ModeCeiling == PolicyMode.Act && tick.Stop is WriteStop.None && !(row.Pause is { } pause && pause.IsActive(tick.Now)),
            IsSettled = row.Intent is null && row.Check is null && row.Restage is null,
            Memory = row.Off,
            Snooze = snooze,
            Use = use,
            StartSeconds = row.StartSeconds,
            Spread = terms is { Spread: { TotalMinutes: >= 1 } spread } ? TargetTurns.Within(target.Id, spread) : TimeSpan.Zero,
            Ahead = terms?.AheadOf(target.Id.Name) ?? TimeSpan.Zero,
        };
        return LeftoverActs.In(context, target, policies, row, idle);
    }

    /// <summary>
    /// The hours of a target; none where it is not put off. With hours nobody can read, those of the policy bring back what is off,
    /// and nothing else is put off.
    /// </summary>
    public static (OffSchedule? Schedule, string Problem) ScheduleOf(ObservedTarget target, OffHoursTerms terms)
    {
        if (terms.Tag.Length == 0)
        {
            return (terms.Schedule, "");
        }

        if (target.Tags is not TargetTags.Known known)
        {
            return (terms.Schedule, $"its tags could not be read ({((TargetTags.Unknown)target.Tags).Reason}), so it is not put off");
        }

        return ValueOf(known, terms.Tag) is not { } value ? (null, "") : OffHoursTag.Read(value, terms.Schedule) switch
        {
            OffHoursTag.Kept kept => (kept.Schedule, ""),
            OffHoursTag.Unreadable unreadable => (terms.Schedule, $"its tag {terms.Tag} cannot be read, so it is not put off: {unreadable.Why}"),
            _ => (null, ""),
        };
    }

    /// <summary>The snooze that ends last: a person's, or that of a tag, which may not reach further than the policy allows.</summary>
    private static (Snooze? Snooze, string Problem, string Remark) SnoozeOf(ObservedTarget target, TimeSpan longest, Snooze? given, DateTimeOffset now)
    {
        if (target.Tags is not TargetTags.Known known || ValueOf(known, Snooze.Tag) is not { } value)
        {
            return (given, "", "");
        }

        if (!DateTimeOffset.TryParseExact(value.Trim(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until))
        {
            return (given, $"its tag {Snooze.Tag} is no moment such as 2026-11-28T22:00Z, so it is not put off", "");
        }

        return until - now > longest ? (given, "", $"its tag {Snooze.Tag} keeps it on for longer than {DurationText.Of(longest)}, so it does not count")
            : given is { } person && person.Until >= until ? (given, "", "")
            : (new Snooze($"the tag {Snooze.Tag}", "", DateTimeOffset.MinValue, until), "", "");
    }

    /// <summary>With the day: a time alone would be of the day that the machine we run on has.</summary>
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];

    private static int Least(params ReadOnlySpan<int?> bounds)
    {
        var least = int.MaxValue;
        foreach (var bound in bounds)
        {
            least = Math.Min(least, bound ?? int.MaxValue);
        }

        return least;
    }

    private static string? ValueOf(TargetTags.Known tags, string name) =>
        tags.Values.FirstOrDefault(tag => string.Equals(tag.Key, name, StringComparison.OrdinalIgnoreCase)) is { Key: not null } found ? found.Value : null;
}
