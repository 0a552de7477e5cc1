using CsCheck;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Backtests;

public sealed class BacktestTests
{
    private static readonly DirectionBehavior Calm = new() { Stabilization = Some.Minutes(10), Cooldown = Some.Minutes(5) };

    [Fact]
    public void A_constant_load_on_a_fitting_fleet_is_left_alone()
    {
        // 4 instances' worth at 80 % on ceil(4 / 0.75) = 6 instances is 53 %: within 10 % of 55.
        var result = Replays.Run(Replays.Setup(loadBased: Some.LoadBased([Some.Tracking(55)])), Replays.Load(Replays.Constant(4, 600)));

        Assert.Empty(result.Changes);
        Assert.Equal((0, 600 * 6 / 60d), (result.Own.ShortMinutes, result.Own.Measures.InstanceHours));
    }

    [Fact]
    public void A_step_up_is_followed_to_load_over_target()
    {
        var policy = Some.LoadBased([Some.Tracking(60)], [Some.Signal(window: 1)]);
        var result = Replays.Run(Replays.Setup(loadBased: policy), Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(7.5, 200)]));

        // 7.5 instances at 80 % are 600 % in all: ceil(600 / 60) = 10, asked for when the first sample has come, serving after the boot.
        var change = Assert.Single(result.Changes);
        Assert.Equal((102, 8, 10), (change.Minute, change.Plan.From, change.Plan.Goal));
        Assert.Equal(0, result.Own.ShortMinutes);
        Assert.Equal([8, 8, 10], [result.Course.Serving[100], result.Course.Serving[105], result.Course.Serving[106]]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    [InlineData(9)]
    public void A_step_beyond_the_fleet_is_short_for_the_delay_of_metrics_and_the_boot_time(int boot)
    {
        var setup = Replays.Setup(loadBased: Some.LoadBased([Some.Tracking(60)], [Some.Signal(window: 1)])) with { BootMinutes = boot };
        var result = Replays.Run(setup, Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(9, 200)]));

        // 9 at 80 % on 8 instances show 90 %, 720 % in all: 12 instances, two minutes after the step, and then the boot.
        Assert.Equal((102, 12), (result.Changes[0].Minute, result.Changes[0].Plan.Goal));
        Assert.Equal(2 + boot, result.Own.ShortMinutes);
    }

    [Fact]
    public void A_lowering_waits_for_the_next_tick()
    {
        var setup = Replays.Setup(loadBased: Some.LoadBased([Some.Tracking(60)], [Some.Signal(window: 1)]));
        var result = Replays.Run(setup, Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(3, 100)]));

        // Seen in minute 102, decided again and carried out in 103.
        Assert.Equal((103, 8, 4), (result.Changes[0].Minute, result.Changes[0].Plan.From, result.Changes[0].Plan.Goal));
    }

    [Fact]
    public void A_lowering_that_is_not_wanted_again_is_not_made()
    {
        var dip = Replays.Constant(6, 100).Append(3).Concat(Replays.Constant(6, 100));
        var result = Replays.Run(Replays.Setup(loadBased: Some.LoadBased([Some.Tracking(60)], [Some.Signal(window: 1)])), Replays.Load(dip));

        Assert.Empty(result.Changes);
    }

    [Fact]
    public void Bounds_hold_and_the_fleet_starts_within_them()
    {
        var result = Replays.Run(Replays.Setup(Some.Horizontal(3, 5)), Replays.Load([.. Replays.Constant(20, 300), .. Replays.Constant(0.1, 300)]));

        Assert.Equal((5, 3), (result.Course.Billed.Max(), result.Course.Billed.Min()));
        Assert.Equal(5, result.Course.Billed[0]);
    }

    [Fact]
    public void The_guards_of_the_product_are_what_holds()
    {
        var setup = Replays.Setup(Some.Horizontal(scaleOut: new DirectionBehavior { Cooldown = Some.Minutes(30), AtMost = new RateLimit { Instances = 1, Per = Some.Minutes(1) } }));
        var result = Replays.Run(setup, Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(20, 100)]));

        // One instance each half hour, and nothing in between.
        Assert.Equal([30, 30, 30], result.Changes.Zip(result.Changes.Skip(1), (one, next) => next.Minute - one.Minute));
        Assert.All(result.Changes, change => Assert.Equal(change.Plan.From + 1, change.Plan.Goal));
        var held = Assert.Single(result.Held);
        Assert.Equal("CooldownGuard", held.Guard);
        Assert.InRange(held.Minutes, 85, 94);
    }

    [Fact]
    public void Floors_hold_at_the_times_of_the_recording()
    {
        const string text = """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss } }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec:
              workload: shop
              instances: { minimum: 2, maximum: 60, follow: schedule }
              floors: [{ when: "Mon-Fri 07:30-19:00", timeZone: Europe/Zurich, minimum: 9 }]
              scaleIn: { stabilization: 0s, cooldown: 0s, atMost: { percent: 100, per: 1m } }
              scaleOut: { atMost: { percent: 1000, per: 1m } }
            """;
        var policies = PolicyReader.Read([new PolicyFile("floors.yml", System.Text.Encoding.UTF8.GetBytes(text))]);
        Assert.Empty(policies.Errors);

        var result = Replays.Run(Replays.Setup(policies), Replays.Load(Replays.Constant(1, 1440)));

        // A Monday in winter: 06:30 and 18:00 by the clock of the recording; the way back goes by the ledger.
        Assert.Equal([(390, 9), (1081, 2)], result.Changes.Select(change => (change.Minute, change.Plan.Goal)));
    }

    [Fact]
    public void A_calendar_holds_lowerings_while_it_is_in_force()
    {
        var load = Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(2, 300)]);
        var policies = PolicyReader.Read([new PolicyFile("calendar.yml", """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss } }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: shop, instances: { minimum: 1, maximum: 60 } }
            ---
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: load }
            spec: { workload: shop, signals: [{ name: cpu, metric: Percentage CPU }], targetTracking: [{ signal: cpu, target: 60 }] }
            ---
            apiVersion: scalefunctions/v1
            kind: ChangeCalendar
            metadata: { name: calendar }
            spec: { freezes: [{ when: "2026-03-02T00:00/2026-03-02T04:00", reason: a release }] }
            """u8.ToArray())]);
        Assert.Empty(policies.Errors);

        var result = Replays.Run(Replays.Setup(policies), load);

        Assert.True(result.Changes[0].Minute is >= 240 and <= 242, $"{result.Changes[0].Minute}");
        Assert.Equal("ChangeCalendarGuard", result.Held[0].Guard);
        Assert.True(result.Held[0].Minutes > 120);
    }

    [Fact]
    public void Actions_of_a_day_are_counted()
    {
        var sawtooth = Enumerable.Range(0, 1440).Select(minute => minute / 30 % 2 == 0 ? 6.0 : 12.0);
        var free = Replays.Run(Replays.Setup(), Replays.Load(sawtooth));
        var bound = Replays.Run(Replays.Setup(Some.Horizontal() with { MaxActionsPerDay = 10 }), Replays.Load(sawtooth));

        Assert.True(free.Changes.Count > 40, $"{free.Changes.Count}");
        Assert.Equal(10, bound.Changes.Count);
        Assert.Contains(bound.Held, held => held.Guard == "ActionsGuard");
    }

    [Fact]
    public void Doing_nothing_keeps_the_count_it_began_with()
    {
        var result = Replays.Run(Replays.Setup(), Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(12, 500)]));

        var none = result.Rows[1];
        Assert.Equal((Backtest.None, 500, 0.0), (none.Policy, none.ShortMinutes, none.Measures.ActionsPerDay));
        Assert.Equal(8 * 10, none.Measures.InstanceHours);
    }

    /// <summary>Perfect foresight is the cheapest course without a short minute.</summary>
    [Fact]
    public void Nobody_who_is_never_short_is_cheaper_than_perfect_foresight() =>
        Gen.Select(Gen.Double[0.5, 30].Array[3, 8], Gen.Int[25, 60], Gen.Int[0, 6]).Sample(
            (levels, target, boot) =>
            {
                var demand = levels.SelectMany(level => Replays.Constant(level, 90));
                var setup = Replays.Setup(Some.Horizontal(1, 1000, scaleIn: Calm), Some.LoadBased([Some.Tracking(target)])) with { BootMinutes = boot };
                var own = Replays.Run(setup, Replays.Load(demand)).Own;

                Assert.True(own.ShortMinutes > 0 || own.CostOverOracle >= 1, $"{own.CostOverOracle}");
            },
            iter: 40);

    [Fact]
    public void The_same_replay_comes_to_the_same()
    {
        var load = Replays.Load(Waves.Busy(2).Select(each => each * 10), 720);
        var (one, other) = (Replays.Run(Replays.Setup(), load), Replays.Run(Replays.Setup(), load));

        Assert.Equal(one.Rows, other.Rows);
        Assert.Equal(one.Held, other.Held);
        Assert.Equal(one.Course.Serving, other.Course.Serving);
    }

    [Fact]
    public void Only_scored_minutes_count()
    {
        var load = Replays.Load([.. Replays.Constant(6, 100), .. Replays.Constant(12, 60), .. Replays.Constant(12, 240)], scoredFrom: 160);
        var result = Replays.Run(Replays.Setup(), load);

        Assert.Empty(result.Changes);
        Assert.Equal((0, 4.0 * 16), (result.Own.ShortMinutes, result.Own.Measures.InstanceHours));
    }

    [Fact]
    public void A_change_taken_back_within_an_hour_is_told_apart()
    {
        var waves = Enumerable.Range(0, 1440).Select(minute => minute switch { < 600 => 6.0, < 630 => 12.0, < 900 => 6.0, < 1100 => 12.0, _ => 6.0 });
        var measures = Replays.Run(Replays.Setup(), Replays.Load(waves)).Own.Measures;

        Assert.True(measures.ReversalsPerDay > measures.QuickReversalsPerDay, $"{measures.ReversalsPerDay}, {measures.QuickReversalsPerDay}");
        Assert.Equal(1, measures.QuickReversalsPerDay);
    }
}
