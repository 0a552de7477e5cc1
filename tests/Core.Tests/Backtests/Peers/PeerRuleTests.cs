using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Tests.Backtests.Peers;

/// <summary>Worked examples of single decisions.</summary>
public sealed class PeerRuleTests
{
    [Theory]
    [InlineData(0.71, 10, 11)]
    [InlineData(0.69, 10, 10)]
    [InlineData(0.29, 10, 9)]
    [InlineData(0.29, 1, 1)]
    public void Azure_rules_step_by_one(double cpu, int count, int wanted) =>
        Assert.Equal(wanted, Decide(new AzureRules(AzureRuleSettings.ByOne), cpu, count));

    [Theory]
    [InlineData(0.75, 10, 12)]
    [InlineData(0.75, 11, 14)]
    [InlineData(0.45, 20, 18)]
    [InlineData(0.45, 2, 2)]
    public void Azure_rules_by_share_round_out_and_do_not_scale_in_where_that_would_flap(double cpu, int count, int wanted) =>
        Assert.Equal(wanted, Decide(new AzureRules(AzureRuleSettings.ByShare), cpu, count));

    [Fact]
    public void Azure_rules_wait_five_minutes_after_either_direction()
    {
        var rules = new AzureRules(AzureRuleSettings.ByOne);

        Assert.Equal([11, 10, 10, 10, 10, 11], Enumerable.Range(100, 6).Select(minute => Decide(rules, 0.9, 10, minute)));
    }

    [Theory]
    [InlineData(0.64, 10, 10)]
    [InlineData(0.67, 10, 12)]
    [InlineData(1.00, 2, 4)]
    [InlineData(0.30, 10, 5)]
    public void Kubernetes_goes_to_load_over_target_outside_a_tolerance(double cpu, int count, int wanted) =>
        Assert.Equal(wanted, Decide(new HorizontalPodAutoscaler(0.60), cpu, count));

    [Fact]
    public void Kubernetes_goes_down_to_the_highest_desire_of_five_minutes()
    {
        var autoscaler = new HorizontalPodAutoscaler(0.60);

        Assert.Equal([10, 10, 10, 10, 10, 4], new[] { 0.6, 0.2, 0.2, 0.2, 0.2, 0.2 }.Select((cpu, i) => Decide(autoscaler, cpu, 10, 100 + i)));
    }

    [Theory]
    [InlineData(0.61, 10, 11)]
    [InlineData(0.60, 10, 10)]
    [InlineData(0.53, 10, 9)]
    [InlineData(0.55, 10, 10)]
    public void Aws_target_tracking_goes_out_above_and_in_below_nine_tenths(double cpu, int count, int wanted) =>
        Assert.Equal(wanted, Decide(new AwsTargetTracking(0.60), cpu, count));

    [Theory]
    [InlineData(0.71, 10, 100, 11)]
    [InlineData(0.71, 10, 101, 10)]
    [InlineData(0.50, 10, 100, 9)]
    [InlineData(0.55, 10, 100, 10)]
    public void React_moves_by_one_every_second_minute(double cpu, int count, int minute, int wanted) =>
        Assert.Equal(wanted, Decide(new ReactiveSteps(), cpu, count, minute));

    [Fact]
    public void Static_peak_stays() => Assert.Equal(30, Decide(new StaticPeak(30), 0.1, 10));

    /// <summary>One decision of a fleet that has shown the same CPU on the same count all the time.</summary>
    private static int Decide(IFleetPolicy policy, double cpu, int count, int minute = 100)
    {
        var seen = minute - 1;
        return policy.Decide(new FleetView
        {
            Minute = minute,
            Ready = count,
            Capacity = count,
            Cpu = Enumerable.Repeat(cpu, seen).ToArray(),
            Serving = Enumerable.Repeat(count, seen).ToArray(),
            Load = Enumerable.Repeat(cpu * count / 0.8, seen).ToArray(),
        });
    }
}
