using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class OffTurnsTests
{
    private static readonly TargetId Setting = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/web-auto");

    [Theory]
    [InlineData("2026-03-02T15:00Z", "2026-03-02T15:00Z")]
    [InlineData("2026-03-02T15:00:30Z", "2026-03-02T15:00:30Z")]
    [InlineData("2026-03-02 15:00", "2026-03-02T15:00Z")]
    [InlineData("2026-03-02T17:00+02:00", "2026-03-02T15:00Z")]
    public void A_tag_keeps_a_target_on_until_its_moment(string value, string until)
    {
        var context = ContextOf(Tagged(value));

        Assert.Equal(("", DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture)), (context.Problem, context.Snooze?.Until));
    }

    /// <summary>A time of day is of a day that only the machine's own clock would tell.</summary>
    [Theory]
    [InlineData("22:00")]
    [InlineData("2026-03-02")]
    [InlineData("03/02/2026 22:00")]
    [InlineData("Monday")]
    [InlineData("2h")]
    [InlineData("")]
    public void A_tag_that_is_no_whole_moment_stops_nothing(string value)
    {
        var context = ContextOf(Tagged(value));

        Assert.Null(context.Snooze);
        Assert.Contains("is no moment such as", context.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_keeps_a_target_on_for_longer_than_the_policy_allows()
    {
        var terms = Terms with { LongestSnooze = TimeSpan.FromHours(2) };
        var asked = new Snooze("ann", "release", Some.Noon, Some.Noon.AddHours(9));

        Assert.Equal(Some.Noon.AddHours(2), ContextOf(Some.Target(), terms: terms, row: row => row with { Snooze = asked }).Snooze?.Until);
        Assert.Equal(Some.Noon.AddHours(2), ContextOf(Tagged("2026-03-02T14:00Z"), terms: terms).Snooze?.Until);
        var tooLong = ContextOf(Tagged("2026-03-02T14:01Z"), terms: terms);
        Assert.Null(tooLong.Snooze);
        Assert.Contains("keeps it on for longer than 2h, so it does not count", tooLong.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_tags_choose_nothing_is_put_off_without_one_that_can_be_read()
    {
        var terms = Terms with { Tag = "hours" };

        Assert.Contains("its tags could not be read (403)", ContextOf(Some.Target(tags: new TargetTags.Unknown("403")), terms: terms).Problem, StringComparison.Ordinal);
        Assert.Contains("its tag hours cannot be read, so it is not put off", ContextOf(Tagged("whenever", "hours"), terms: terms).Problem, StringComparison.Ordinal);
        Assert.Null(ContextOf(Some.Target(), terms: terms).Schedule);
    }

    [Fact]
    public void Only_plans_change_their_size()
    {
        var context = ContextOf(Some.Target(), terms: Terms with { Size = "B1" });

        Assert.Equal(("", "only App Service plans change their size in off-hours"), (context.Terms!.Size, context.Remark));
    }

    [Fact]
    public void A_maximum_that_a_person_gave_is_the_most_as_long_as_it_lasts()
    {
        TargetRow Given(TargetRow row) => row with { Override = new BoundsOverride("ann", "sale", Some.At(-60), Some.At(1), null, 5) };

        Assert.Equal(5, ContextOf(Some.Target(), maximum: 8, row: Given).Most);
        Assert.Equal(8, ContextOf(Some.Target(), maximum: 8, row: row => Given(row) with { Override = Given(row).Override! with { Until = Some.Noon } }).Most);
    }

    /// <summary>What Azure's own autoscale adds nobody started by hand.</summary>
    [Theory]
    [InlineData(Actuator.Steer, true)]
    [InlineData(Actuator.Direct, false)]
    public void A_change_of_the_autoscale_that_is_steered_is_no_persons(Actuator actuator, bool isOurs)
    {
        var target = Some.Target(5) with { Native = new NativeAutoscale.Steerable(Setting, 2, 20) };

        Assert.Equal(isOurs, ContextOf(target, actuator).IsOurs);
    }

    [Theory]
    [InlineData(100, null, 100)]
    [InlineData(8, null, 8)]
    [InlineData(8, 5, 5)]
    public void The_most_is_that_of_the_policy_and_of_the_platform(int maximum, int? platform, int most)
    {
        var target = Some.Target(4) with { Most = platform is { } bound ? new PlatformBound(bound, "a plan") : null };

        Assert.Equal(most, ContextOf(target, maximum: maximum).Most);
    }

    [Fact]
    public void A_step_that_keeps_a_target_from_coming_back_is_known()
    {
        static string Held(int instances, BudgetStep step, BudgetPhase phase = BudgetPhase.Active, int minimum = 2, bool isCritical = false) => ContextOf(
            Some.Target(0, tags: SomeBudget.Tags((BudgetStep.StopTag, "true"))), minimum: minimum, isCritical: isCritical,
            off: new OffMemory(Some.Noon.AddHours(-12), instances, "D4", 0, Some.Noon.AddHours(-12)), budget: SomeBudget.Standing(phase, step)).HeldBy;

        Assert.Equal("the step stop of the budget team", Held(6, SomeBudget.Stop));
        Assert.Equal("the step lowerMaximum of the budget team", Held(6, SomeBudget.Lower));
        Assert.Equal("the step freezeScaleOut of the budget team", Held(6, SomeBudget.Freeze));
        // Another size is no fewer instances: what is late with it is told.
        Assert.Empty(Held(6, SomeBudget.Cheaper with { Select = SomeBudget.Everything }));
        Assert.All<string>([Held(6, SomeBudget.Stop, BudgetPhase.Announced), Held(4, SomeBudget.Lower), Held(2, SomeBudget.Freeze), Held(6, SomeBudget.Stop, isCritical: true)], held => Assert.Empty(held));
    }

    /// <summary>Nobody would bring it back any more; and of what was never off nothing is asked.</summary>
    [Fact]
    public void When_the_policy_is_gone_what_is_off_comes_back_and_the_rest_is_left_alone()
    {
        var night = new OffMemory(Some.Noon.AddHours(-12), 6, "Standard_D4s_v5", 0, Some.Noon.AddHours(-12)) { IsLowered = true, DownAt = Some.Noon.AddHours(-12) };
        var policies = Resolved() with { Usage = null };
        OffStep Step(int capacity, OffMemory? off) => OffTurns.Of(
            Some.Target(capacity), policies, new TargetRow { Target = Some.Id(), OwnCapacity = 0, Off = off }, new UseReading.Idle(), null, Tick());

        Assert.Equal((6, night), (Assert.IsType<OffWish.Return>(Step(0, night).Wish).Instances, Step(0, night).Memory! with { ReturningSince = null, ReadyAt = null, IsLateTold = false }));
        Assert.Same(OffStep.None, Step(4, null));
    }

    /// <summary>What it was goes into the very write that stores the action; whoever dies after it finds both or neither.</summary>
    [Fact]
    public void What_it_was_is_in_the_row_that_is_written_with_the_action()
    {
        var policies = Resolved();
        var night = new OffMemory(Some.Noon, 4, "Standard_D4s_v5", 0, Some.Noon);
        var row = new TargetRow { Target = Some.Id(), OwnCapacity = 4 };
        TargetEvaluation Evaluate(OffStep step, WriteStop? stop = null) => TargetEvaluation.Of(
            Some.Target(4), policies, new Dictionary<string, MetricSeries>(), row, Tick() with { Stop = stop ?? new WriteStop.None() }, off: step);

        var lowered = OffTurns.Remember(row, Evaluate(new OffStep(new OffWish.Lower(0, Some.Noon, null), night)));
        Assert.Equal(night with { IsLowered = true }, lowered.Off);

        // Nothing was taken away: it is known, and not as lowered.
        Assert.Equal(night, OffTurns.Remember(row, Evaluate(new OffStep(new OffWish.Lower(0, Some.Noon, null), night), new WriteStop.KillSwitch("ann", "", null))).Off);
        Assert.Equal(night, OffTurns.Remember(row, Evaluate(new OffStep(new OffWish.Leave(), night))).Off);

        // What is over is told with what it was, and forgotten after it.
        Assert.Same(lowered, OffTurns.Remember(lowered, Evaluate(new OffStep(null, null))));

        var sized = OffTurns.RememberSize(row, Evaluate(new OffStep(new OffWish.Lower(0, Some.Noon, null), night) { Size = "B1" }));
        Assert.Equal(night with { LowSize = "B1", Tries = 1, TriedAt = Some.Noon }, sized.Off);
        Assert.Equal(sized.Off! with { Tries = 2 }, OffTurns.RememberSize(row, Evaluate(new OffStep(new OffWish.Return(4, Some.Noon), sized.Off!) { Size = "Standard_D4s_v5" })).Off);
        Assert.Same(sized, OffTurns.RememberSize(sized, Evaluate(new OffStep(null, null))));
    }

    private static TargetPolicies.Resolved Resolved() => Assert.IsType<TargetPolicies.Resolved>((Some.Policies() with
    {
        LoadBasedScaling = [],
        UsageOptimization = [new UsageOptimizationPolicy { Name = "nights", Workload = "shop", OffHours = Terms, Source = Some.Source }],
    }).For(Some.Target()));

    private static TickContext Tick() => new() { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1) };

    private static OffHoursTerms Terms { get; } = new() { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 };

    private static ObservedTarget Tagged(string value, string tag = Snooze.Tag) =>
        Some.Target(tags: new TargetTags.Known(new Dictionary<string, string> { [tag] = value }));

    private static OffContext ContextOf(
        ObservedTarget target, Actuator actuator = Actuator.Direct, int maximum = 100, OffHoursTerms? terms = null, Func<TargetRow, TargetRow>? row = null,
        int minimum = 1, bool isCritical = false, OffMemory? off = null, BudgetStanding? budget = null)
    {
        var workload = new WorkloadPolicy { Name = "shop", Select = new TargetSelector { ResourceType = Some.ScaleSet }, Mode = PolicyMode.Act, Actuator = actuator, IsCritical = isCritical, Source = Some.Source };
        var policies = new TargetPolicies.Resolved(workload, Some.Horizontal(minimum: minimum, maximum: maximum), null)
        {
            Usage = new UsageOptimizationPolicy
            {
                Name = "nights",
                Workload = workload.Name,
                OffHours = terms ?? Terms,
                Source = Some.Source,
            },
        };
        var tick = new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1), Budgets = budget is null ? [] : [budget] };
        var stored = new TargetRow { Target = target.Id, OwnCapacity = 3, Off = off };
        return OffTurns.ContextOf(target, policies, row?.Invoke(stored) ?? stored, new UseReading.Idle(), tick);
    }
}
