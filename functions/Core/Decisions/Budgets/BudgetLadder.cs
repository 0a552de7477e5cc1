using System.Globalization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>
/// Climbs and descends the ladder of a budget, one phase of each step at a look. More spend never leads to less, and what is not
/// known changes nothing: no step begins without a reading, and without one none ends before its period does.
/// </summary>
/// <example>
/// A step that stops at a forecast of 110 %, with 2 h of notice, 1 h of grace and an undo below 95 % for 6 h:
/// <code>
/// 09:00  forecast 112 %   announced
/// 11:00           112 %   in grace
/// 12:00           111 %   active
/// 15:00            94 %   active, calm since 15:00
/// 21:00            93 %   undoing: a quarter of the resources is as before
/// 21:30            93 %   idle: all are
/// </code>
/// </example>
public static class BudgetLadder
{
    /// <summary>A forecast goes up and down a little; a notice that is shorter than this is not void at once for it.</summary>
    private static readonly TimeSpan ShortestLapse = TimeSpan.FromHours(1);

    public static LadderOutcome Climb(LadderLook look)
    {
        var isTurned = look.Kept.Period is { } last && last.IsOver(look.Now);
        var calmSince = CalmSince(look);
        var next = look.Kept with
        {
            Period = look.Period,
            CalmSince = calmSince,
            CalmAt = calmSince is null ? null : look.Now,
            Told = isTurned ? [] : look.Kept.Told,
            IsOutOfReach = !isTurned && look.Kept.IsOutOfReach,
        };
        var passed = Passed(look, next.Told);
        List<LadderChange> changes = [];
        List<KeptStep> steps = [];
        foreach (var step in look.Policy.Ladder)
        {
            var kept = look.Kept.Of(step.Name);
            var isAnew = kept.Phase != BudgetPhase.Idle && !IsSame(step, kept, look.Policy.Mode);
            var (moved, reason) = Move(step, isAnew ? Idle(kept) : kept, look, isTurned, calmSince);
            steps.Add(moved.Phase == BudgetPhase.Idle ? moved : moved with { Kind = step.Kind, Mode = look.Policy.Mode });
            if (moved.Phase != kept.Phase || isAnew || (moved.Phase is BudgetPhase.Announced or BudgetPhase.InGrace && moved.AnnouncedAt != kept.AnnouncedAt))
            {
                changes.Add(new LadderChange(
                    step.Name, kept.Phase, moved.Phase, reason ?? new LadderReason.Changed(), moved.Phase is BudgetPhase.Announced or BudgetPhase.InGrace ? ActsAt(step, moved) : null));
            }
        }

        changes.AddRange(look.Kept.Steps
            .Where(kept => kept.Phase != BudgetPhase.Idle && look.Policy.Ladder.All(step => step.Name != kept.Name))
            .Select(kept => new LadderChange(kept.Name, kept.Phase, BudgetPhase.Idle, new LadderReason.NotInPolicy())));
        return new LadderOutcome(next with { Steps = steps, Told = [.. next.Told, .. passed.Select(Word)] }, changes, passed);
    }

    /// <summary>
    /// Whether it still is what was announced. One whose policy only observed was told, and nobody was warned that it would be done;
    /// of another kind nobody knew.
    /// </summary>
    internal static bool IsSame(BudgetStep step, KeptStep kept, PolicyMode mode) =>
        kept.Kind == step.Kind && (mode == PolicyMode.Observe || kept.Mode == PolicyMode.Act);

    /// <summary>When an announced step acts at the earliest: its grace begins when people are told a last time, which may be late.</summary>
    public static DateTimeOffset ActsAt(BudgetStep step, KeptStep kept) => (kept.GraceSince ?? (kept.AnnouncedAt!.Value + step.Notice)) + step.Grace;

    /// <summary>Only a forecast that is known and covered shows calm; a gap begins it anew, also one in which nobody looked.</summary>
    private static DateTimeOffset? CalmSince(LadderLook look) =>
        look.Judgement is BudgetJudgement.Judged { IsCovered: true } judged && judged.ForecastPercent < look.Policy.Undo.Below
            ? (look.Now - look.Kept.CalmAt <= FastClock.AssumedFor ? look.Kept.CalmSince : null) ?? look.Now
            : null;

    private static (KeptStep Next, LadderReason? Reason) Move(BudgetStep step, KeptStep before, LadderLook look, bool isTurned, DateTimeOffset? calmSince)
    {
        var now = look.Now;
        var kept = before.RestsUntil <= DateOnly.FromDateTime(now.UtcDateTime) ? before with { RestsUntil = null, RestsBecause = "" } : before;
        if (kept.Phase == BudgetPhase.Undoing)
        {
            return Restore(step, kept, look, isTurned);
        }

        if (isTurned && kept.Phase != BudgetPhase.Idle)
        {
            return End(kept, look, UndoCause.PeriodTurned, new LadderReason.PeriodTurned(look.Kept.Period!.Value));
        }

        var answer = look.Answers.LastOrDefault(each => each.Step == step.Name);
        if (answer is { IsYes: false })
        {
            var rests = kept with { RestsUntil = look.Period.End, RestsBecause = $"{answer.By}: {answer.Why}" };
            return rests.Phase == BudgetPhase.Idle ? (rests, null) : End(rests, look, UndoCause.Person, new LadderReason.Refused(answer.By, answer.Why));
        }

        kept = answer is { IsYes: true } && kept.Phase != BudgetPhase.Idle ? kept with { ApprovedBy = answer.By } : kept;
        if (calmSince is { } since && now - since >= look.Policy.Undo.For && kept.Phase != BudgetPhase.Idle && Wants(step, look) is null)
        {
            return End(kept, look, UndoCause.Calm, new LadderReason.Calm(((BudgetJudgement.Judged)look.Judgement).ForecastPercent, look.Policy.Undo.Below, since));
        }

        return kept.Phase == BudgetPhase.Active ? (kept, null) : Climb(step, kept, look);
    }

    private static (KeptStep Next, LadderReason? Reason) Climb(BudgetStep step, KeptStep kept, LadderLook look)
    {
        var now = look.Now;
        if (kept.Phase == BudgetPhase.Idle)
        {
            if (kept.RestsUntil is not null || Wants(step, look) is not { } wish)
            {
                return (kept, null);
            }

            var isAtOnce = step is { NeedsApproval: false } && step.Notice + step.Grace == TimeSpan.Zero;
            return isAtOnce
                ? (kept with { Phase = BudgetPhase.Active, AnnouncedAt = now, ActiveSince = now }, wish)
                : (Announced(step, kept, now), wish);
        }

        // What was announced waits while spend is below its limit, or unknown; it is withdrawn as an active step is undone.
        if (Wants(step, look) is not { } reason)
        {
            return (look.Judgement is BudgetJudgement.Judged { IsCovered: true } ? kept with { UnwantedSince = kept.UnwantedSince ?? now } : kept, null);
        }

        // A warning that has seemed void for so long warns nobody.
        if (kept.UnwantedSince is { } since && now - since > (step.Notice > ShortestLapse ? step.Notice : ShortestLapse))
        {
            return (Announced(step, Idle(kept), now), reason);
        }

        kept = kept with { UnwantedSince = null };
        if (kept.Phase == BudgetPhase.Announced && now < kept.AnnouncedAt + step.Notice)
        {
            return (kept, null);
        }

        var isTold = kept.Phase == BudgetPhase.InGrace || step.Grace == TimeSpan.Zero;
        return isTold && now >= ActsAt(step, kept) && (!step.NeedsApproval || kept.ApprovedBy.Length > 0) ? (kept with { Phase = BudgetPhase.Active, ActiveSince = now }, reason)
            : kept.Phase == BudgetPhase.Announced ? (kept with { Phase = BudgetPhase.InGrace, GraceSince = now }, reason)
            : (kept, null);
    }

    private static KeptStep Announced(BudgetStep step, KeptStep kept, DateTimeOffset now) => step.Notice > TimeSpan.Zero
        ? kept with { Phase = BudgetPhase.Announced, AnnouncedAt = now }
        : kept with { Phase = BudgetPhase.InGrace, AnnouncedAt = now, GraceSince = now };

    /// <summary>What was never active ends at once; what was, in rings.</summary>
    private static (KeptStep Next, LadderReason Reason) End(KeptStep kept, LadderLook look, UndoCause cause, LadderReason reason) =>
        kept.Phase == BudgetPhase.Active && look.Policy.Undo.RestAfter > TimeSpan.Zero && look.Policy.Ladder.First(step => step.Name == kept.Name).Acts
            ? (kept with { Phase = BudgetPhase.Undoing, UndoSince = look.Now, Cause = cause }, reason)
            : (Idle(kept), reason);

    /// <summary>A step that spend wants again before all is restored stays, unless its period is over or a person wants it gone.</summary>
    private static (KeptStep Next, LadderReason? Reason) Restore(BudgetStep step, KeptStep kept, LadderLook look, bool isTurned)
    {
        if (look.Answers.LastOrDefault(each => each.Step == step.Name) is { IsYes: false } no)
        {
            kept = kept with { Cause = UndoCause.Person, RestsUntil = look.Period.End, RestsBecause = $"{no.By}: {no.Why}" };
        }

        kept = isTurned && kept.Cause == UndoCause.Calm ? kept with { Cause = UndoCause.PeriodTurned } : kept;
        if (kept.Cause == UndoCause.Calm && Wants(step, look) is { } wish)
        {
            return (kept with { Phase = BudgetPhase.Active, UndoSince = null }, wish);
        }

        return look.Now - kept.UndoSince >= look.Policy.Undo.RestAfter ? (Idle(kept), new LadderReason.AllRestored(kept.Cause)) : (kept, null);
    }

    private static KeptStep Idle(KeptStep kept) => new() { Name = kept.Name, RestsUntil = kept.RestsUntil, RestsBecause = kept.RestsBecause };

    /// <summary>Why the step is wanted by what is known; null when it is not, or when too little is known for it.</summary>
    private static LadderReason.Reached? Wants(BudgetStep step, LadderLook look) =>
        look.Judgement is BudgetJudgement.Judged judged && (judged.IsCovered || !step.Acts) && judged.Reaches(step.When) is (var basis, var percent, var limit)
            ? new LadderReason.Reached(basis, percent, limit)
            : null;

    private static List<ThresholdPassed> Passed(LadderLook look, IReadOnlyList<string> told)
    {
        if (look.Judgement is not BudgetJudgement.Judged judged)
        {
            return [];
        }

        var actual = look.Policy.ActualThresholds.Where(limit => judged.ActualPercent >= limit).Select(limit => new ThresholdPassed(BudgetBasis.Actual, limit, judged.ActualPercent));
        var forecast = look.Policy.ForecastThresholds.Where(limit => judged.ForecastPercent >= limit).Select(limit => new ThresholdPassed(BudgetBasis.Forecast, limit, judged.ForecastPercent));
        return [.. actual.Concat(forecast).Where(each => !told.Contains(Word(each)))];
    }

    private static string Word(ThresholdPassed passed) => string.Create(CultureInfo.InvariantCulture, $"{passed.Basis} {passed.Limit:0.###}");
}
