using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeAutoscale;

namespace ScaleFunctions.Core.Tests.Autoscale;

/// <summary>The worked examples of Azure's documentation, and what lies between them.</summary>
public sealed class AutoscaleEngineTests
{
    [Theory]
    [InlineData(4, 75, AutoscaleCase.ScaledOut, 5)]
    [InlineData(4, 70, AutoscaleCase.Unchanged, 4)]
    [InlineData(4, 35, AutoscaleCase.ScaledIn, 3)]
    [InlineData(2, 10, AutoscaleCase.Unchanged, 2)]
    [InlineData(10, 99, AutoscaleCase.Unchanged, 10)]
    public void Follows_a_pair_of_rules_within_the_bounds(int count, double cpu, AutoscaleCase what, int becomes) =>
        Is(what, becomes, Setting(), Moment(count, cpu));

    /// <summary>"Manual scaling is reset by autoscale minimum and maximum": between 3 and 6, one becomes three and eight become six.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(8, 6)]
    public void Takes_a_count_outside_the_bounds_back_at_once(int count, int becomes) => Is(
        AutoscaleCase.OutOfBounds, becomes, Setting(Profile() with { Minimum = 3, Maximum = 6, Default = 3 }),
        Moment(count, 50) with { CoolingUntil = Some.Noon + Some.Minutes(5) });

    /// <summary>"If both rules are triggered, autoscale scales out by five instances", and of 3 instances and 15 % the higher count.</summary>
    [Fact]
    public void Of_several_rules_out_the_highest_count_wins()
    {
        Is(AutoscaleCase.ScaledOut, 9, Setting(Profile(Out(70, 3), Out(80, 5))), Moment(4, 90));
        var bySharing = Out(70, 15) with { Change = RuleChange.PercentChangeCount };
        Is(AutoscaleCase.ScaledOut, 46, Setting(Profile(Out(70, 3), bySharing) with { Maximum = 100 }), Moment(40, 90));
    }

    /// <summary>"If the first rule results in five instances and the second rule results in seven, autoscale scales in to seven."</summary>
    [Fact]
    public void Of_several_rules_in_the_least_change_wins()
    {
        var byHalf = In(30, 50) with { Change = RuleChange.PercentChangeCount };
        Is(AutoscaleCase.ScaledIn, 7, Setting(Profile(byHalf, In(30, 3))), Moment(10, 20));
    }

    /// <summary>The four rules on CPU and memory of "Considerations for multiple rules".</summary>
    [Theory]
    [InlineData(76, 50, 5)]
    [InlineData(50, 76, 5)]
    [InlineData(25, 51, 4)]
    [InlineData(29, 49, 3)]
    public void Any_rule_scales_out_and_only_all_scale_in(double cpu, double memory, int becomes)
    {
        var setting = Setting(Profile(In(30), In(50, metric: "Memory"), Out(75), Out(75, metric: "Memory")));

        Assert.Equal(becomes, AutoscaleEngine.Evaluate(setting, Moment(4, cpu, ("Memory", memory))).Count);
    }

    /// <summary>Out at 600 threads, in below 600: at 417 on three instances two would have 625.</summary>
    [Theory]
    [InlineData(600, 3, 417, AutoscaleCase.Flapping, 3)]
    [InlineData(400, 3, 417, AutoscaleCase.Unchanged, 3)]
    [InlineData(400, 3, 1180 / 3.0, AutoscaleCase.ScaledIn, 2)]
    public void Does_not_scale_in_where_it_would_scale_out_again(double inBelow, int count, double threads, AutoscaleCase what, int becomes)
    {
        var setting = Setting(Profile(Out(600) with { Operator = RuleOperator.GreaterThanOrEqual }, In(inBelow)));

        Is(what, becomes, setting, Moment(count, threads));
    }

    /// <summary>Out by 1 above 50 %, in by 1 below 30 %: at 28 % on two instances one would have 56 %.</summary>
    [Fact]
    public void Defers_a_scale_in_that_would_flap() =>
        Is(AutoscaleCase.Flapping, 2, Setting(Profile(Out(50), In(30)) with { Minimum = 1, Default = 1 }), Moment(2, 28));

    /// <summary>
    /// "Scaling by more than one instance": 30 instances at 65 % and 50 requests each, in by 10. Twenty would have 97 %. The page
    /// goes to 27, which by its own projection have 72 %; the first that stay at 70 % are 28.
    /// </summary>
    [Fact]
    public void Scales_in_less_far_where_the_whole_step_would_flap()
    {
        var rules = Profile(
            Out(200, 20, "Requests") with { Operator = RuleOperator.GreaterThanOrEqual }, Out(70), In(50, 10, "Requests") with { Operator = RuleOperator.LessThanOrEqual });

        Is(AutoscaleCase.ScaledInLess, 28, Setting(rules with { Maximum = 60 }), Moment(30, 65, ("Requests", 50)));
        Is(AutoscaleCase.Unchanged, 30, Setting(rules with { Maximum = 60 }), Moment(30, 65, ("Requests", 100)));
    }

    /// <summary>"How does autoscale evaluate cooldown?": a scale-in at 13:00 holds the scale-out of 13:20 until 13:40.</summary>
    [Fact]
    public void The_cooldown_of_the_rule_that_fired_last_blocks_both_directions()
    {
        var setting = Setting(Profile(Out(70) with { Cooldown = Some.Minutes(60) }, In(40) with { Cooldown = Some.Minutes(40) }));
        var one = Some.Noon.AddHours(1);
        var scaledIn = AutoscaleEngine.Evaluate(setting, Moment(5, 30) with { Now = one });
        var until = one + scaledIn.Cooldown;

        Assert.Equal((AutoscaleCase.ScaledIn, Some.Minutes(40)), (scaledIn.Case, scaledIn.Cooldown));
        Is(AutoscaleCase.CoolingDown, 4, setting, Moment(4, 90) with { Now = one.AddMinutes(20), CoolingUntil = until });
        Is(AutoscaleCase.ScaledOut, 5, setting, Moment(4, 90) with { Now = one.AddMinutes(40), CoolingUntil = until });
    }

    [Fact]
    public void Without_metrics_it_raises_to_the_default_and_never_lowers()
    {
        var setting = Setting(Profile() with { Default = 6 });

        Is(AutoscaleCase.RaisedToDefault, 6, setting, Moment(3, null));
        Is(AutoscaleCase.Unchanged, 8, setting, Moment(8, null));
    }

    [Fact]
    public void A_metric_that_cannot_be_read_keeps_nothing_from_scaling_out_and_everything_from_scaling_in()
    {
        var setting = Setting(Profile(Out(70), In(40), Out(70, metric: "Memory"), In(40, metric: "Memory")));

        Is(AutoscaleCase.ScaledOut, 5, setting, Moment(4, 90, ("Memory", null)));
        Is(AutoscaleCase.Unchanged, 4, setting, Moment(4, 10, ("Memory", null)));
    }

    /// <summary>The queue of "Considerations for queue-length metrics": 50 messages on two instances are 25 each, 100 are 50.</summary>
    [Theory]
    [InlineData(2, 50, 2)]
    [InlineData(2, 100, 3)]
    [InlineData(3, 149, 3)]
    [InlineData(3, 30, 2)]
    public void A_value_may_be_divided_by_the_instances(int count, double messages, int becomes)
    {
        var setting = Setting(Profile(
            Out(50) with { Operator = RuleOperator.GreaterThanOrEqual, DividesPerInstance = true },
            In(10) with { Operator = RuleOperator.LessThanOrEqual, DividesPerInstance = true }));

        Assert.Equal(becomes, AutoscaleEngine.Evaluate(setting, Moment(count, messages)).Count);
    }

    [Fact]
    public void A_rule_at_the_maximum_that_would_scale_out_forbids_scaling_in() => Is(
        AutoscaleCase.Unchanged, 10, Setting(Profile(Out(90, metric: "Memory"), In(45))), Moment(10, 20, ("Memory", 95)));

    [Fact]
    public void A_setting_that_is_off_does_nothing() =>
        Is(AutoscaleCase.Disabled, 40, Setting() with { IsEnabled = false }, Moment(40, 90));

    [Fact]
    public void A_share_is_rounded_against_shortage()
    {
        var (more, fewer) = (Out(70, 10) with { Change = RuleChange.PercentChangeCount }, In(30, 10) with { Change = RuleChange.PercentChangeCount });

        Assert.Equal((13, 5, 10, 3), (more.Apply(11), more.Apply(4), fewer.Apply(11), fewer.Apply(4)));
    }

    private static void Is(AutoscaleCase what, int becomes, AutoscaleSetting setting, AutoscaleMoment moment)
    {
        var outcome = AutoscaleEngine.Evaluate(setting, moment);

        Assert.Equal((what, becomes), (outcome.Case, outcome.Count));
    }
}
