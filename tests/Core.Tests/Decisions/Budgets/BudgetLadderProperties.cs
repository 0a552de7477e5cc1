using CsCheck;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

/// <summary>What has to hold of every ladder, whatever spend does.</summary>
public sealed class BudgetLadderProperties
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private static readonly Gen<BudgetStep[]> Ladders =
        Gen.Select(Gen.Double[50, 150], Gen.Int[0, 6], Gen.Int[0, 6], Gen.Bool, Gen.Int[0, 2].Select(kind => new[] { BudgetStepKind.Notify, BudgetStepKind.LowerMaximum, BudgetStepKind.CheaperSize }[kind])).Select((limit, notice, grace, isActual, kind) => new BudgetStep
        {
            Name = "",
            Kind = kind,
            When = isActual ? new BudgetTrigger(limit, null) : new BudgetTrigger(null, Math.Max(95, limit)),
            Notice = Step * notice,
            Grace = Step * grace,
        }).Array[1, 5].Select(steps => steps.Select((step, index) => step with { Name = $"s{index}" }).ToArray());

    /// <summary>Spent grows by what is drawn; what is expected is drawn on top. Null: no reading.</summary>
    private static readonly Gen<(double Grows, double Ahead, bool IsBlind)[]> Courses =
        Gen.Select(Gen.Double[0, 15], Gen.Double[0, 900], Gen.Int[0, 9]).Select((grows, ahead, blind) => (grows, ahead, blind == 0)).Array[1, 200];

    [Fact]
    public void More_spend_never_leads_to_fewer_steps() => Gen.Select(Ladders, Courses, Gen.Double[0, 400]).Sample((ladder, course, more) =>
    {
        var (low, high) = (KeptLadder.New, KeptLadder.New);
        var isMonotone = true;
        Follow(course, (now, judged) =>
        {
            low = Climb(ladder, low, now, judged);
            high = Climb(ladder, high, now, judged is null ? null : judged with { Spent = judged.Spent + (decimal)more, Expected = judged.Expected + (decimal)more });
            isMonotone &= ladder.All(step => Effect(high.Of(step.Name)) >= Effect(low.Of(step.Name)));
        });
        return isMonotone;
    });

    [Fact]
    public void At_the_end_of_the_period_all_is_undone_and_nothing_is_left() => Gen.Select(Ladders, Courses).Sample((ladder, course) =>
    {
        var kept = KeptLadder.New;
        Follow(course, (now, judged) => kept = Climb(ladder, kept, now, judged));
        var end = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        kept = Climb(ladder, kept, end, null);
        kept = Climb(ladder, kept, end + SomeBudget.Undo.RestAfter, null);
        return kept.Steps.All(step => step == new KeptStep { Name = step.Name }) && kept.Told.Count == 0;
    });

    [Fact]
    public void Nothing_acts_before_its_notice_and_its_grace_are_over() => Gen.Select(Ladders, Courses).Sample((ladder, course) =>
    {
        var kept = KeptLadder.New;
        var isInTime = true;
        Follow(course, (now, judged) =>
        {
            kept = Climb(ladder, kept, now, judged);
            isInTime &= kept.Steps.All(step => step.Phase != BudgetPhase.Active || now >= BudgetLadder.ActsAt(ladder.First(each => each.Name == step.Name), step));
        });
        return isInTime;
    });

    /// <summary>However spend moves, whatever could not be read, and however late a look was.</summary>
    [Fact]
    public void Nothing_acts_that_was_not_told_a_last_time_and_waited_for_its_grace() => Gen.Select(Ladders, Courses).Sample((ladder, course) =>
    {
        var kept = KeptLadder.New;
        var (isTold, inGraceAt) = (true, new Dictionary<string, DateTimeOffset>());
        Follow(course, (now, judged) =>
        {
            var before = kept;
            kept = Climb(ladder, kept, now, judged);
            foreach (var step in ladder.Where(step => step.Grace > TimeSpan.Zero))
            {
                var (from, to) = (before.Of(step.Name).Phase, kept.Of(step.Name).Phase);
                isTold &= to != BudgetPhase.Active || from is BudgetPhase.Active or BudgetPhase.Undoing || (from == BudgetPhase.InGrace && now - inGraceAt[step.Name] >= step.Grace);
                if (to == BudgetPhase.InGrace && from != BudgetPhase.InGrace)
                {
                    inGraceAt[step.Name] = now;
                }
            }
        });
        return isTold;
    });

    [Fact]
    public void Without_a_reading_nothing_moves_but_what_was_begun() => Gen.Select(Ladders, Courses, Gen.Int[1, 200]).Sample((ladder, course, minutes) =>
    {
        var kept = KeptLadder.New;
        var last = Some.Noon;
        Follow(course, (now, judged) => (kept, last) = (Climb(ladder, kept, now, judged), now));
        var blind = Climb(ladder, kept, last.AddMinutes(minutes), null);
        return ladder.All(step => kept.Of(step.Name).Phase == blind.Of(step.Name).Phase || (kept.Of(step.Name).Phase, blind.Of(step.Name).Phase) == (BudgetPhase.Undoing, BudgetPhase.Idle));
    });

    private static void Follow((double Grows, double Ahead, bool IsBlind)[] course, Action<DateTimeOffset, BudgetJudgement.Judged?> look)
    {
        decimal spent = 0;
        foreach (var (index, (grows, ahead, isBlind)) in course.Index())
        {
            spent += (decimal)grows;
            look(Some.Noon + (Step * index), isBlind ? null : SomeBudget.Judged(spent, Math.Max(spent, spent + (decimal)ahead)));
        }
    }

    private static KeptLadder Climb(BudgetStep[] ladder, KeptLadder kept, DateTimeOffset now, BudgetJudgement.Judged? judged) => BudgetLadder.Climb(new LadderLook
    {
        Policy = SomeBudget.Policy(ladder),
        Kept = kept,
        Judgement = judged is null ? new BudgetJudgement.NotJudged("") : judged,
        Period = BudgetPeriods.Of(BudgetPeriod.Month, now),
        Now = now,
    }).Next;

    /// <summary>How much of a step is in force: nothing, a part, all of it.</summary>
    private static int Effect(KeptStep step) => step.Phase switch
    {
        BudgetPhase.Active => 2,
        BudgetPhase.Undoing => 1,
        _ => 0,
    };
}
