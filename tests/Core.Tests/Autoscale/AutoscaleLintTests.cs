using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Autoscale;

public sealed class AutoscaleLintTests
{
    [Fact]
    public void A_setting_that_is_fine_has_no_findings() => Assert.Empty(AutoscaleLint.Check(Setting(2, 10, Out(70), In(30))));

    [Theory]
    [InlineData(2, 10, 70, 30, "")]
    [InlineData(1, 10, 70, 30, "")]
    [InlineData(1, 10, 70, 36, "profile 'usual': 'Percentage CPU < 36': at 2 instances the load of 36 would be 72 on 1, and 'Percentage CPU > 70' scales out again; it does not scale in below 3 until the load is lower")]
    [InlineData(2, 10, 70, 60, "profile 'usual': 'Percentage CPU < 60': at 6 instances the load of 60 would be 72 on 5, and 'Percentage CPU > 70' scales out again; it does not scale in below 7 until the load is lower")]
    [InlineData(2, 10, 50, 60, "profile 'usual': 'Percentage CPU < 60' and 'Percentage CPU > 50' contradict each other: both can hold at once")]
    public void Margins_that_are_too_narrow_are_told(int minimum, int maximum, double more, double fewer, string expected) => Assert.Equal(
        expected, string.Join('\n', AutoscaleLint.Check(Setting(minimum, maximum, Out(more), In(fewer))).Select(finding => finding.Message)));

    [Fact]
    public void Each_thing_that_is_hardly_meant_has_its_rule()
    {
        Assert.Equal(["off"], Rules(Setting(1, 5) with { IsEnabled = false }));
        Assert.Equal(["no-rules"], Rules(Setting(1, 5)));
        Assert.Equal(["bounds-equal"], Rules(Setting(3, 3)));
        Assert.Equal(["nothing-scales-in"], Rules(Setting(1, 5, Out(70))));
        Assert.Equal(["nothing-scales-out"], Rules(Setting(1, 5, In(30))));
        Assert.Equal(["short-cooldown"], Rules(Setting(1, 5, Out(70) with { Cooldown = TimeSpan.FromMinutes(1) }, In(30))));
        var setting = Setting(2, 5, Out(70), In(30));
        Assert.Equal(["default-outside"], Rules(setting with { Profiles = [setting.Profiles[0] with { Default = 9 }] }));
        Assert.Equal(["predictive-forecast-only"], Rules(setting with { Predictive = PredictiveScaleMode.ForecastOnly }));
        Assert.Equal(["predictive-elsewhere"], Rules(setting with
        {
            Predictive = PredictiveScaleMode.Enabled,
            Target = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/serverfarms/api"),
        }));
        Assert.Equal(["predictive-without-rule"], Rules(Setting(2, 5, Out(70) with { Metric = "Network In" }, In(30) with { Metric = "Network In" }) with { Predictive = PredictiveScaleMode.Enabled }));
    }

    private static IEnumerable<string> Rules(AutoscaleSetting setting) => AutoscaleLint.Check(setting).Select(finding => finding.Rule);

    private static AutoscaleSetting Setting(int minimum, int maximum, params AutoscaleRule[] rules) => new()
    {
        Target = Some.Id(),
        IsEnabled = true,
        Profiles = [new AutoscaleProfile { Name = "usual", Minimum = minimum, Maximum = maximum, Default = minimum, When = new ProfileTime.Otherwise(), Rules = rules }],
    };

    private static AutoscaleRule Out(double threshold) => Rule(RuleDirection.Increase, RuleOperator.GreaterThan, threshold);

    private static AutoscaleRule In(double threshold) => Rule(RuleDirection.Decrease, RuleOperator.LessThan, threshold);

    private static AutoscaleRule Rule(RuleDirection direction, RuleOperator comparison, double threshold) => new()
    {
        Metric = "Percentage CPU",
        Resource = Some.Id().Value,
        Grain = TimeSpan.FromMinutes(1),
        Statistic = SampleStatistic.Average,
        Window = TimeSpan.FromMinutes(10),
        Aggregation = WindowAggregation.Average,
        Operator = comparison,
        Threshold = threshold,
        Direction = direction,
        Change = RuleChange.ChangeCount,
        Value = 1,
        Cooldown = TimeSpan.FromMinutes(5),
    };
}
