using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

public sealed class BudgetLadderTests
{
    private static readonly BudgetJudgement Blind = new BudgetJudgement.NotJudged("the prices are not known");

    private static readonly ObservedTarget Stoppable = Some.Target(tags: SomeBudget.Tags((BudgetStep.StopTag, "true")));

    private KeptLadder _kept = KeptLadder.New;

    private BudgetJudgement _last = Blind;

    private BudgetAlertsPolicy _policy = SomeBudget.Policy(SomeBudget.Notify, SomeBudget.Lower, SomeBudget.Stop, SomeBudget.Freeze);

    /// <summary>The example in the ladder's own words.</summary>
    [Fact]
    public void A_step_is_announced_is_in_grace_acts_and_is_undone_in_rings()
    {
        Assert.Equal(BudgetPhase.Announced, After(0, expected: 1_120).Stop);
        Assert.Equal(BudgetPhase.Announced, After(119, expected: 1_120).Stop);
        Assert.Equal(BudgetPhase.InGrace, After(120, expected: 1_120).Stop);
        Assert.Equal(BudgetPhase.InGrace, After(179, expected: 1_120).Stop);
        Assert.Equal(BudgetPhase.Active, After(180, expected: 1_110).Stop);
        Assert.Equal(BudgetPhase.Active, After(360, expected: 940).Stop);
        Assert.Equal(BudgetPhase.Active, After(719, expected: 930).Stop);
        Assert.Equal(BudgetPhase.Undoing, After(720, expected: 930).Stop);
        Assert.Equal(BudgetPhase.Undoing, After(749, expected: 930).Stop);
        Assert.Equal(BudgetPhase.Idle, After(750, expected: 930).Stop);
    }

    [Fact]
    public void Each_step_has_its_own_limit_and_tells_what_reached_it()
    {
        Assert.Equal((BudgetPhase.Active, BudgetPhase.Idle, BudgetPhase.Idle, BudgetPhase.Idle), Phases(After(0, expected: 900)));
        var change = Assert.Single(Climb(1, SomeBudget.Judged(500, 1_050)).Changes);
        Assert.Equal(
            new LadderChange("lowerMaximum", BudgetPhase.Idle, BudgetPhase.Announced, new LadderReason.Reached(BudgetBasis.Forecast, 105, 100), Some.At(61)), change);
        Assert.Equal((BudgetPhase.Active, BudgetPhase.Announced, BudgetPhase.Idle, BudgetPhase.Active), Phases(After(2, expected: 1_050, spent: 1_000)));
    }

    [Fact]
    public void Below_the_least_coverage_people_are_told_and_nothing_else_begins()
    {
        Assert.Equal((BudgetPhase.Active, BudgetPhase.Idle, BudgetPhase.Idle, BudgetPhase.Idle), Phases(After(0, expected: 2_000, spent: 1_500, coverage: 0.59)));
        Assert.Equal(BudgetPhase.Announced, After(1, expected: 2_000, spent: 1_500, coverage: 0.6).Stop);

        // What was announced does not act on guesses either.
        Assert.Equal(BudgetPhase.InGrace, After(130, expected: 2_000, coverage: 0.6).Stop);
        Assert.Equal(BudgetPhase.InGrace, After(400, expected: 2_000, coverage: 0.59).Stop);
        Assert.Equal(BudgetPhase.Active, After(401, expected: 2_000, coverage: 0.6).Stop);
    }

    [Fact]
    public void Without_a_reading_nothing_begins_and_nothing_ends_before_the_period_does()
    {
        ToActive();
        for (var hour = 4; hour < 100; hour++)
        {
            Assert.Empty(Climb(60 * hour, Blind).Changes);
        }

        var turned = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(BudgetPhase.Active, Look(turned.AddSeconds(-1), Blind).Stop);
        Assert.Equal(BudgetPhase.Undoing, Look(turned, Blind).Stop);
        Assert.Equal(BudgetPhase.Idle, Look(turned.AddMinutes(30), Blind).Stop);
    }

    [Fact]
    public void Announced_steps_wait_for_a_reading_and_are_told_a_last_time_with_it()
    {
        After(0, expected: 1_200);
        Assert.Equal(BudgetPhase.Announced, Look(Some.At(600), Blind).Stop);
        var change = Assert.Single(Climb(601, SomeBudget.Judged(0, 1_200)).Changes, change => change.Step == "stop");
        Assert.Equal((BudgetPhase.InGrace, (DateTimeOffset?)Some.At(661)), (change.To, change.ActsAt));
        Assert.Equal(BudgetPhase.InGrace, After(660, expected: 1_200).Stop);
        Assert.Equal(BudgetPhase.Active, After(661, expected: 1_200).Stop);
    }

    /// <summary>Nobody looked while its notice and its grace went by: whoever could have undone it heard of it once only.</summary>
    [Fact]
    public void A_step_that_was_looked_at_late_still_waits_for_its_grace()
    {
        After(0, expected: 1_200);
        Assert.Equal(BudgetPhase.InGrace, After(225, expected: 1_200).Stop);
        Assert.Equal(BudgetPhase.InGrace, After(284, expected: 1_200).Stop);
        Assert.Equal(BudgetPhase.Active, After(285, expected: 1_200).Stop);
    }

    /// <summary>Six days below the limit and above the undo: the old warning seemed void, so there is a new one, with all its time.</summary>
    [Theory]
    [InlineData(60, BudgetPhase.Announced)]
    [InlineData(130, BudgetPhase.InGrace)]
    public void A_step_that_was_below_its_limit_for_longer_than_its_notice_is_announced_anew(int minutes, BudgetPhase before)
    {
        After(0, expected: 1_120);
        Assert.Equal(before, After(minutes, expected: 1_120).Stop);
        foreach (var hour in Enumerable.Range(3, 140))
        {
            Assert.Equal(before, After(60 * hour, expected: 1_050).Stop);
        }

        var change = Assert.Single(Climb(9_000, SomeBudget.Judged(0, 1_120)).Changes, change => change.Step == "stop");
        Assert.Equal((BudgetPhase.Announced, (DateTimeOffset?)Some.At(9_180)), (change.To, change.ActsAt));
        Assert.Equal(BudgetPhase.InGrace, After(9_120, expected: 1_120).Stop);
        Assert.Equal(BudgetPhase.Active, After(9_180, expected: 1_120).Stop);
    }

    [Fact]
    public void A_short_time_below_its_limit_leaves_a_warning_as_it_was_and_a_yes_is_for_one_climb()
    {
        _policy = SomeBudget.Policy(SomeBudget.Stop with { NeedsApproval = true });
        Climb(0, SomeBudget.Judged(0, 1_120));
        Climb(30, SomeBudget.Judged(0, 1_050), new StepAnswer("stop", true, "ann", "yes"));
        Climb(60, SomeBudget.Judged(0, 1_120));
        Assert.Equal((Some.At(0), "ann"), (_kept.Of("stop").AnnouncedAt, _kept.Of("stop").ApprovedBy));
        Climb(75, SomeBudget.Judged(0, 1_050));
        Climb(196, SomeBudget.Judged(0, 1_120));
        Assert.Equal((Some.At(196), "", BudgetPhase.Announced), (_kept.Of("stop").AnnouncedAt, _kept.Of("stop").ApprovedBy, _kept.Of("stop").Phase));
    }

    [Fact]
    public void A_gap_begins_the_hours_of_calm_anew()
    {
        ToActive();
        After(300, expected: 900);
        Look(Some.At(500), Blind);
        Assert.Equal(BudgetPhase.Active, After(661, expected: 900).Stop);
        Assert.Equal(BudgetPhase.Undoing, After(661 + 360, expected: 900).Stop);
    }

    /// <summary>Nobody looked in between: two readings say nothing of the hours between them.</summary>
    [Fact]
    public void Two_readings_six_hours_apart_are_no_calm()
    {
        ToActive();
        LookOnce(Some.At(300), SomeBudget.Judged(0, 900));
        LookOnce(Some.At(660), SomeBudget.Judged(0, 900));
        Assert.Equal(BudgetPhase.Active, _kept.Of("stop").Phase);
        Assert.Equal(Some.At(660), _kept.CalmSince);
        Assert.Equal(BudgetPhase.Active, After(660 + 359, expected: 900).Stop);
        Assert.Equal(BudgetPhase.Undoing, After(660 + 360, expected: 900).Stop);
    }

    [Fact]
    public void A_forecast_that_rises_again_while_a_step_is_undone_keeps_it()
    {
        ToActive();
        After(300, expected: 900);
        Assert.Equal(BudgetPhase.Undoing, After(660, expected: 900).Stop);
        Assert.Equal(BudgetPhase.Active, After(670, expected: 1_100).Stop);
    }

    [Fact]
    public void A_step_that_waits_for_its_time_is_withdrawn_when_the_forecast_falls()
    {
        After(0, expected: 1_100);
        After(1, expected: 900);
        Assert.Equal(BudgetPhase.Announced, After(360, expected: 900).Stop);
        Assert.Equal(BudgetPhase.Idle, After(361, expected: 900).Stop);
        Assert.Equal(Some.At(362), Assert.Single(Climb(362, SomeBudget.Judged(0, 1_100)).Next.Steps, step => step.Name == "stop").AnnouncedAt);
    }

    [Fact]
    public void What_is_spent_stays_spent_so_its_steps_last_until_the_period_ends()
    {
        _policy = SomeBudget.Policy(SomeBudget.Freeze);
        Assert.Equal(BudgetPhase.Active, Single(Climb(0, SomeBudget.Judged(1_000, 1_000))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(10_000, SomeBudget.Judged(1_000, 900))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(10_500, SomeBudget.Judged(1_000, 900))));
    }

    /// <summary>A credit, or a correction: what was told stays told, and a step ends as always, once it has been calm for long enough.</summary>
    [Fact]
    public void A_bill_that_goes_down_undoes_nothing_at_once_and_tells_nothing_twice()
    {
        _policy = SomeBudget.Policy(SomeBudget.Freeze) with { ActualThresholds = [90] };
        Assert.Single(Climb(0, SomeBudget.Judged(1_000, 1_000)).Passed);
        Assert.Equal(BudgetPhase.Active, Single(Climb(10, SomeBudget.Judged(-50, 700))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(369, SomeBudget.Judged(-50, 700))));
        Assert.Empty(Climb(369.5, SomeBudget.Judged(950, 990)).Passed);
        Assert.Equal(BudgetPhase.Active, Single(Climb(371, SomeBudget.Judged(700, 800))));
        Assert.Equal(BudgetPhase.Undoing, Single(Climb(371 + 360, SomeBudget.Judged(700, 800))));
    }

    [Fact]
    public void The_turn_of_the_period_undoes_everything_and_forgets_what_was_told()
    {
        _policy = _policy with { ForecastThresholds = [100] };
        ToActive();
        Assert.Empty(Climb(200, SomeBudget.Judged(800, 1_200)).Passed);
        var turned = new DateTimeOffset(2026, 4, 1, 0, 5, 0, TimeSpan.Zero);

        // The new month is expected to be too dear as well: it begins its own climb, with its own notice.
        Assert.Equal(BudgetPhase.Undoing, Look(turned, SomeBudget.Judged(1, 1_200)).Stop);
        Assert.Equal(BudgetPhase.Undoing, Look(turned.AddMinutes(29), SomeBudget.Judged(1, 1_200)).Stop);
        Assert.Equal(BudgetPhase.Idle, Look(turned.AddMinutes(30), SomeBudget.Judged(1, 1_200)).Stop);
        Assert.Equal(BudgetPhase.Announced, Look(turned.AddMinutes(31), SomeBudget.Judged(1, 1_200)).Stop);
        Assert.Contains("Forecast 100", _kept.Told);
    }

    [Fact]
    public void A_period_that_its_owner_changes_in_the_middle_undoes_nothing()
    {
        ToActive();
        _policy = _policy with { Period = BudgetPeriod.Quarter };
        Assert.Equal(BudgetPhase.Active, After(200, expected: 1_200).Stop);
        Assert.Equal(new SpendPeriod(new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 1)), _kept.Period);
    }

    [Fact]
    public void A_threshold_is_told_once_a_period()
    {
        _policy = SomeBudget.Policy() with { ActualThresholds = [50, 80], ForecastThresholds = [100] };
        Assert.Equal([new ThresholdPassed(BudgetBasis.Actual, 50, 60), new ThresholdPassed(BudgetBasis.Forecast, 100, 120)], Climb(0, SomeBudget.Judged(600, 1_200)).Passed);
        Assert.Empty(Climb(1, SomeBudget.Judged(600, 1_200)).Passed);
        Assert.Equal([new ThresholdPassed(BudgetBasis.Actual, 80, 81)], Climb(2, SomeBudget.Judged(810, 900)).Passed);
        Assert.Empty(Climb(3, SomeBudget.Judged(700, 1_200)).Passed);
    }

    [Fact]
    public void What_needs_a_yes_waits_for_it_however_long()
    {
        _policy = SomeBudget.Policy(SomeBudget.Stop with { NeedsApproval = true });
        Climb(0, SomeBudget.Judged(0, 1_200));
        Climb(120, SomeBudget.Judged(0, 1_200));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(1_000, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(1_001, SomeBudget.Judged(0, 1_200), new StepAnswer("stop", true, "ann", "yes"))));
    }

    [Fact]
    public void A_yes_shortens_no_notice()
    {
        _policy = SomeBudget.Policy(SomeBudget.Stop with { NeedsApproval = true });
        Climb(0, SomeBudget.Judged(0, 1_200));
        Climb(1, SomeBudget.Judged(0, 1_200), new StepAnswer("stop", true, "ann", "yes"));
        Climb(120, SomeBudget.Judged(0, 1_200));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(179, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(180, SomeBudget.Judged(0, 1_200))));
    }

    [Fact]
    public void A_no_undoes_a_step_and_lets_it_rest_until_the_period_ends()
    {
        ToActive();
        Assert.Equal(new LadderReason.Refused("ann", "a demo"), Assert.Single(Climb(200, SomeBudget.Judged(0, 1_200), new StepAnswer("stop", false, "ann", "a demo")).Changes).Reason);
        Assert.Equal(BudgetPhase.Idle, After(230, expected: 1_200).Stop);
        Assert.Equal(BudgetPhase.Idle, After(5_000, expected: 1_200).Stop);
        Assert.Equal(BudgetPhase.Announced, Look(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero), SomeBudget.Judged(0, 1_200)).Stop);
    }

    [Fact]
    public void A_step_that_the_policy_no_longer_has_is_told_to_be_over()
    {
        ToActive();
        _policy = SomeBudget.Policy(SomeBudget.Notify, SomeBudget.Lower, SomeBudget.Freeze);
        Assert.Equal(new LadderChange("stop", BudgetPhase.Active, BudgetPhase.Idle, new LadderReason.NotInPolicy()), Assert.Single(Climb(200, SomeBudget.Judged(0, 1_200)).Changes));
    }

    /// <summary>Nobody was told that something would be done, so the notice and the grace begin when it will be.</summary>
    [Theory]
    [InlineData(60, BudgetPhase.Announced)]
    [InlineData(130, BudgetPhase.InGrace)]
    [InlineData(200, BudgetPhase.Active)]
    public void A_step_of_a_policy_that_observed_is_announced_anew_when_the_policy_acts(int minutes, BudgetPhase before)
    {
        _policy = SomeBudget.Policy(SomeBudget.Stop) with { Mode = PolicyMode.Observe };
        foreach (var minute in new[] { 0, 60, 130, 200 }.Where(minute => minute <= minutes))
        {
            Climb(minute, SomeBudget.Judged(0, 1_200));
        }

        Assert.Equal(before, Assert.Single(_kept.Steps).Phase);
        _policy = _policy with { Mode = PolicyMode.Act };
        Assert.Empty(BudgetMeasures.Of([new BudgetStanding(_policy, _kept)], Stoppable, Some.At(minutes)));

        var change = Assert.Single(Climb(minutes + 1, SomeBudget.Judged(0, 1_200)).Changes);
        Assert.Equal((BudgetPhase.Announced, (DateTimeOffset?)Some.At(minutes + 1 + 180)), (change.To, change.ActsAt));
        Assert.Equal(BudgetPhase.Announced, Single(Climb(minutes + 120, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(minutes + 121, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(minutes + 180, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(minutes + 181, SomeBudget.Judged(0, 1_200))));
        Assert.Single(BudgetMeasures.Of([new BudgetStanding(_policy, _kept)], Stoppable, Some.At(minutes + 181)));
    }

    [Fact]
    public void A_step_without_notice_that_needs_a_yes_does_not_act_at_once()
    {
        _policy = SomeBudget.Policy(SomeBudget.Freeze with { NeedsApproval = true });

        Assert.Equal(BudgetPhase.InGrace, Single(Climb(0, SomeBudget.Judged(1_000, 1_000))));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(600, SomeBudget.Judged(1_000, 1_000))));
        Assert.Equal(BudgetPhase.Active, Single(Climb(601, SomeBudget.Judged(1_000, 1_000), new StepAnswer("freezeScaleOut", true, "ann", "yes"))));
    }

    [Fact]
    public void A_low_forecast_of_which_too_much_is_guessed_shows_no_calm()
    {
        ToActive();
        for (var hour = 4; hour < 24; hour++)
        {
            Assert.Equal(BudgetPhase.Active, After(60 * hour, expected: 500, coverage: 0.59).Stop);
        }

        Assert.Equal(BudgetPhase.Active, After(60 * 24, expected: 500).Stop);
        Assert.Equal(BudgetPhase.Undoing, After(60 * 30, expected: 500).Stop);
    }

    [Fact]
    public void In_a_new_period_a_threshold_is_told_again_and_what_is_being_undone_stays_so()
    {
        _policy = _policy with { ForecastThresholds = [80] };
        Assert.Single(Climb(0, SomeBudget.Judged(0, 1_200)).Passed);
        ToActive();
        var turned = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        Look(turned.AddMinutes(-15).AddHours(-6), SomeBudget.Judged(0, 500));
        Assert.Equal(BudgetPhase.Undoing, Look(turned.AddMinutes(-15), SomeBudget.Judged(0, 500)).Stop);

        var outcome = Climb(turned, SomeBudget.Judged(0, 1_200));

        Assert.Single(outcome.Passed);
        Assert.Equal((BudgetPhase.Undoing, UndoCause.PeriodTurned), (_kept.Of("stop").Phase, _kept.Of("stop").Cause));
    }

    [Fact]
    public void A_step_that_became_another_kind_is_announced_anew_and_its_yes_is_void()
    {
        _policy = SomeBudget.Policy(SomeBudget.Lower with { Name = "dev", NeedsApproval = true });
        Climb(0, SomeBudget.Judged(0, 1_200));
        Climb(60, SomeBudget.Judged(0, 1_200), new StepAnswer("dev", true, "ann", "yes"));
        Assert.Equal(BudgetPhase.Active, _kept.Of("dev").Phase);

        _policy = SomeBudget.Policy(SomeBudget.Stop with { Name = "dev", NeedsApproval = true });
        Assert.Empty(BudgetMeasures.Of([new BudgetStanding(_policy, _kept)], Stoppable, Some.At(61)));
        Assert.Equal(BudgetPhase.Announced, Single(Climb(61, SomeBudget.Judged(0, 1_200))));
        Assert.Equal(BudgetPhase.InGrace, Single(Climb(400, SomeBudget.Judged(0, 1_200))));
        Assert.Equal((Some.At(61), ""), (_kept.Of("dev").AnnouncedAt, _kept.Of("dev").ApprovedBy));
    }

    [Fact]
    public void A_step_that_changed_while_nothing_can_be_judged_is_over()
    {
        _policy = SomeBudget.Policy(SomeBudget.Stop) with { Mode = PolicyMode.Observe };
        ToActive();
        _policy = _policy with { Mode = PolicyMode.Act };

        Assert.Equal((BudgetPhase.Active, BudgetPhase.Idle), Assert.Single(Climb(200, Blind).Changes) is var change ? (change.From, change.To) : default);
    }

    private void ToActive()
    {
        After(0, expected: 1_200);
        After(120, expected: 1_200);
        Assert.Equal(BudgetPhase.Active, After(180, expected: 1_200).Stop);
    }

    private (BudgetPhase Notify, BudgetPhase Lower, BudgetPhase Stop, BudgetPhase Freeze) After(double minutes, decimal expected, decimal spent = 0, double coverage = 0.9) =>
        Look(Some.At(minutes), SomeBudget.Judged(spent, expected, coverage));

    private (BudgetPhase Notify, BudgetPhase Lower, BudgetPhase Stop, BudgetPhase Freeze) Look(DateTimeOffset now, BudgetJudgement judgement)
    {
        Climb(now, judgement);
        BudgetPhase Of(string step) => _kept.Of(step).Phase;
        return (Of("notify"), Of("lowerMaximum"), Of("stop"), Of("freezeScaleOut"));
    }

    private static (BudgetPhase, BudgetPhase, BudgetPhase, BudgetPhase) Phases((BudgetPhase Notify, BudgetPhase Lower, BudgetPhase Stop, BudgetPhase Freeze) phases) => phases;

    private static BudgetPhase Single(LadderOutcome outcome) => Assert.Single(outcome.Next.Steps).Phase;

    private LadderOutcome Climb(double minutes, BudgetJudgement judgement, params StepAnswer[] answers) => Climb(Some.At(minutes), judgement, answers);

    /// <summary>Somebody looks each half hour in between, and finds what was found last, where that was calm.</summary>
    private LadderOutcome Climb(DateTimeOffset now, BudgetJudgement judgement, params StepAnswer[] answers)
    {
        while (_kept.CalmAt is { } last && now - last > TimeSpan.FromMinutes(30))
        {
            LookOnce(last.AddMinutes(30), _last);
        }

        return LookOnce(now, judgement, answers);
    }

    private LadderOutcome LookOnce(DateTimeOffset now, BudgetJudgement judgement, params StepAnswer[] answers)
    {
        _last = judgement;
        var outcome = BudgetLadder.Climb(new LadderLook
        {
            Policy = _policy,
            Kept = _kept,
            Judgement = judgement,
            Period = BudgetPeriods.Of(_policy.Period, now),
            Now = now,
            Answers = answers,
        });
        _kept = outcome.Next;
        return outcome;
    }
}
