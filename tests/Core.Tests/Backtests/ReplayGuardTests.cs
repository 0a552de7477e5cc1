using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>What a replay changes went through the guards of the product; without any of these the replay would go otherwise.</summary>
public sealed class ReplayGuardTests
{
    private static readonly IEnumerable<double> Step = [.. Replays.Constant(6, 100), .. Replays.Constant(16, 200)];

    [Fact]
    public void A_cap_on_the_fleet_holds()
    {
        var guardrails = Guardrails() with { Fleet = new FleetCaps(10, null) };
        var result = Replays.Run(With(guardrails), Replays.Load(Step));

        Assert.Equal(10, result.Course.Billed.Max());
        Assert.Equal("FleetGuard", result.Held[0].Guard);
    }

    [Fact]
    public void A_size_that_may_not_be_added_is_not_added()
    {
        var result = Replays.Run(With(Guardrails() with { Skus = ["Standard_E*"] }), Replays.Load(Step));

        Assert.Empty(result.Changes);
        Assert.Equal("PlacementGuard", result.Held[0].Guard);
    }

    [Fact]
    public void A_lowering_that_would_be_taken_back_is_not_made()
    {
        // 6 on 8 at a target of 70 with a narrow way out: 7 would be at 69 %, and 70.7 % is the edge.
        var policy = Some.LoadBased([Some.Tracking(70, toleranceOut: 0.01, toleranceIn: 0)], [Some.Signal(window: 1)]);
        var load = Replays.Load([.. Replays.Constant(6.4, 60), .. Enumerable.Range(0, 240).Select(minute => minute % 2 == 0 ? 6.1 : 6.2)]);

        Assert.All(Replays.Run(Replays.Setup(loadBased: policy), load).Changes, change => Assert.True(change.Plan.Decision.Projections.All(each => each.Load / change.Plan.Goal <= each.OutAbove)));
    }

    [Fact]
    public void Nothing_is_lowered_while_new_instances_are_warming_up()
    {
        var peak = Replays.Load([.. Replays.Constant(6, 60), .. Replays.Constant(16, 10), .. Replays.Constant(3, 120)]);
        var quick = Replays.Run(Replays.Setup(), peak);
        var patient = Replays.Run(Replays.Setup(Some.Horizontal() with { WarmUp = Some.Minutes(45) }), peak);

        Assert.True(FirstLowering(patient) - LastRaise(patient) >= 45, $"{FirstLowering(patient)} after {LastRaise(patient)}");
        Assert.True(FirstLowering(quick) < FirstLowering(patient));
        Assert.Equal("CooldownGuard", patient.Held[0].Guard);
    }

    [Fact]
    public void Every_change_passes_the_guards_again()
    {
        var result = Replays.Run(Replays.Setup(Some.Horizontal(scaleOut: DirectionBehavior.DefaultOut, scaleIn: DirectionBehavior.DefaultIn)), Replays.Load(Waves.Busy(1).Select(each => each * 8)));

        Assert.True(result.Changes.Count > 10);
        Assert.All(result.Changes, change => Assert.IsType<PlanOutcome.Planned>(Planner.Plan(
            change.Plan.Decision, Some.PlanContext(change.Plan.From, Some.Horizontal()))));
    }

    private static GuardrailsPolicy Guardrails() => new() { Name = "guardrails", Source = Some.Source };

    private static ReplaySetup With(GuardrailsPolicy guardrails) => Replays.Setup(Some.Policies() with { Guardrails = [guardrails] });

    private static int FirstLowering(BacktestResult result) => result.Changes.First(change => !change.Plan.IsRaise).Minute;

    private static int LastRaise(BacktestResult result) => result.Changes.Last(change => change.Plan.IsRaise).Minute;
}
