using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Steps of budgets in whole ticks: what they take, and that it comes back.</summary>
public sealed class BudgetedEstateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_that_stops_takes_all_instances_and_gives_back_exactly_what_there_was()
    {
        var estate = Stoppable(capacity: 7, minimum: 2);
        await estate.MinuteAsync();
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 8);

        Assert.Equal(0, estate.Set("a").Capacity);
        Assert.Equal(7, estate.Row("a").Budget!.Instances);
        Assert.Contains("the budget team leaves it no instances while its step stop holds", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);

        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await estate.MinuteAsync();

        // In one raise, whatever the load of no instances says.
        Assert.Equal(7, estate.Set("a").Capacity);
        Assert.Contains("what there was before the step stop of the budget team", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);
        await MinutesAsync(estate, 3);
        Assert.Null(estate.Row("a").Budget);
    }

    [Fact]
    public async Task What_did_not_opt_in_runs_on()
    {
        var estate = new Estate([Estate.Target("a", 7)]);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 8);

        Assert.Equal(7, estate.Set("a").Capacity);
        Assert.Null(estate.Row("a").Budget);
    }

    [Fact]
    public async Task A_lower_maximum_takes_instances_that_the_load_wants_and_never_goes_below_the_minimum()
    {
        var estate = new Estate([Estate.Target("a", 10), Estate.Target("b", 10)], Some.Policies(Some.Horizontal(6, 100)));
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Lower with { Maximum = 8 });
        await MinutesAsync(estate, 12);
        Assert.Equal((8, 8), (estate.Set("a").Capacity, estate.Set("b").Capacity));
        Assert.Contains("lowered by the step lowerMaximum of the budget team", estate.Row("a").Spans[^1].Reason, StringComparison.Ordinal);

        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Lower with { Maximum = 1 });
        await MinutesAsync(estate, 12);
        Assert.Equal((6, 6), (estate.Set("a").Capacity, estate.Set("b").Capacity));

        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Lower);
        await MinutesAsync(estate, 3);
        Assert.Equal((10, 10), (estate.Set("a").Capacity, estate.Set("b").Capacity));
    }

    /// <summary>A machine is a count of one that may be none: it is deallocated, and started again when the step is over.</summary>
    [Fact]
    public async Task A_machine_that_opted_in_is_stopped_and_started_again()
    {
        var tags = SomeBudget.Tags((BudgetStep.StopTag, "true"));
        var (dev, other) = (Machine("dev-1", tags), Machine("dev-2", SomeBudget.Tags()));
        var policies = Some.Policies(Some.Horizontal(1, 1));
        var estate = new Estate([dev, other], policies with
        {
            Workloads = [policies.Workloads[0] with { Select = new TargetSelector { ResourceType = MixedEstate.Machine } }],
            LoadBasedScaling = [],
        });
        var step = SomeBudget.Stop with { Select = new TargetSelector { ResourceType = MixedEstate.Machine } };
        await KeepAsync(estate, BudgetPhase.Active, step);
        await MinutesAsync(estate, 8);
        Assert.Equal((0, 1), (estate.Sets[dev.Id].Capacity, estate.Sets[other.Id].Capacity));
        Assert.Equal(1, estate.Store.Row(dev.Id).Budget!.Instances);

        await KeepAsync(estate, BudgetPhase.Idle, step);
        await MinutesAsync(estate, 5);
        Assert.Equal((1, 1), (estate.Sets[dev.Id].Capacity, estate.Sets[other.Id].Capacity));
        Assert.Null(estate.Store.Row(dev.Id).Budget);
    }

    /// <summary>What was stopped before the budget's step was, is so after it.</summary>
    [Fact]
    public async Task A_machine_that_was_stopped_stays_so()
    {
        var dev = Machine("dev-1", SomeBudget.Tags((BudgetStep.StopTag, "true"))) with { Capacity = 0 };
        var policies = Some.Policies(Some.Horizontal(1, 1));
        var estate = new Estate([dev], policies with
        {
            Workloads = [policies.Workloads[0] with { Select = new TargetSelector { ResourceType = MixedEstate.Machine } }],
            LoadBasedScaling = [],
        });
        var step = SomeBudget.Stop with { Select = new TargetSelector { ResourceType = MixedEstate.Machine } };
        await KeepAsync(estate, BudgetPhase.Active, step);
        await MinutesAsync(estate, 4);
        Assert.Equal(0, estate.Sets[dev.Id].Capacity);
        Assert.Empty(estate.Writes);
    }

    private static ObservedTarget Machine(string name, TargetTags tags) => Estate.Target("any", 1) with
    {
        Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{MixedEstate.Machine}/{name}"),
        Least = new PlatformBound(0, "a virtual machine"),
        Most = new PlatformBound(1, "a virtual machine"),
        Tags = tags,
    };

    [Fact]
    public async Task A_person_who_wants_instances_for_a_while_gets_them()
    {
        var estate = Stoppable(capacity: 7, minimum: 2);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 8);
        Assert.Equal(0, estate.Set("a").Capacity);

        await new RowStore(estate.Store).ChangeTargetAsync(
            Estate.Target("a").Id,
            row => row with { Override = new("ann", "a demo", estate.Now, estate.Now.AddHours(1), Minimum: 3, Maximum: null) }, Cancellation);
        await estate.MinuteAsync();

        Assert.True(estate.Set("a").Capacity >= 3);
    }

    /// <summary>
    /// Off from half past noon on Monday to Wednesday at seven, and the budget's step ends ten minutes after that begins: nothing comes
    /// back in the night, and everything after it, however long it was.
    /// </summary>
    [Fact]
    public async Task What_a_budget_took_comes_back_after_off_hours_and_not_in_them()
    {
        var estate = Stoppable(capacity: 7, minimum: 2);
        estate.Policies = estate.Policies with { UsageOptimization = Nights() };
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 40);
        Assert.Equal(0, estate.Set("a").Capacity);

        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await MinutesAsync(estate, 15);
        Assert.Equal((0, 7), (estate.Set("a").Capacity, estate.Row("a").Budget!.Instances));

        estate.Pass(60 * 41);
        await MinutesAsync(estate, 120);
        Assert.Equal(7, estate.Set("a").Capacity);
        Assert.Null(estate.Row("a").Budget);
    }

    /// <summary>The other way round: what off-hours took first they give back, whatever a budget took of the rest meanwhile.</summary>
    [Fact]
    public async Task What_off_hours_took_comes_back_though_a_budget_stopped_it_meanwhile()
    {
        var estate = Stoppable(capacity: 7, minimum: 2);
        estate.Policies = estate.Policies with { UsageOptimization = Nights() };
        await MinutesAsync(estate, 40);
        Assert.Equal(0, estate.Set("a").Capacity);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 10);
        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await MinutesAsync(estate, 10);
        Assert.Equal(0, estate.Set("a").Capacity);

        estate.Pass(60 * 41);
        await MinutesAsync(estate, 120);
        Assert.Equal(7, estate.Set("a").Capacity);
    }

    [Fact]
    public async Task What_a_budget_took_is_not_forgotten_while_a_pause_keeps_it_away()
    {
        var estate = Stoppable(capacity: 7, minimum: 2);
        estate.Set("a").Load = 60;
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 8);
        await new RowStore(estate.Store).ChangeTargetAsync(
            Estate.Target("a").Id, row => row with { Pause = new("ann", "a move", estate.Now, estate.Now.AddHours(30)) }, Cancellation);
        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await MinutesAsync(estate, 3);
        estate.Pass(60 * 29);
        await MinutesAsync(estate, 3);
        Assert.Equal(0, estate.Set("a").Capacity);

        estate.Pass(60);
        await estate.MinuteAsync();
        Assert.Equal(7, estate.Set("a").Capacity);
    }

    /// <summary>What counts is what there is when it is taken, not when the step was first seen: meanwhile a person may have changed it.</summary>
    [Fact]
    public async Task What_comes_back_is_what_there_was_when_it_was_taken()
    {
        var estate = Stoppable(capacity: 6, minimum: 2);
        await PauseAsync(estate);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 3);
        Assert.Null(estate.Row("a").Budget);

        estate.Set("a").SetFromOutside(10);
        await MinutesAsync(estate, 2);
        await EndPauseAsync(estate);
        await MinutesAsync(estate, 12);
        Assert.Equal((0, 10), (estate.Set("a").Capacity, estate.Row("a").Budget!.Instances));

        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await MinutesAsync(estate, 2);
        Assert.Equal(10, estate.Set("a").Capacity);
    }

    /// <summary>A step that took nothing has nothing to give back: what a person set meanwhile is theirs.</summary>
    [Fact]
    public async Task What_was_never_taken_is_not_given_back()
    {
        var estate = Stoppable(capacity: 6, minimum: 2);
        await PauseAsync(estate);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 3);
        estate.Set("a").SetFromOutside(3);
        estate.Set("a").Load = 60 * 3;
        await MinutesAsync(estate, 2);

        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await EndPauseAsync(estate);
        await MinutesAsync(estate, 5);
        Assert.Equal(3, estate.Set("a").Capacity);
        Assert.Null(estate.Row("a").Budget);
    }

    [Fact]
    public async Task What_a_person_set_after_it_was_taken_is_what_comes_back()
    {
        var estate = Stoppable(capacity: 6, minimum: 2);
        await KeepAsync(estate, BudgetPhase.Active, SomeBudget.Stop);
        await MinutesAsync(estate, 8);
        Assert.Equal((0, 6), (estate.Set("a").Capacity, estate.Row("a").Budget!.Instances));

        estate.Set("a").SetFromOutside(3);
        await MinutesAsync(estate, 12);
        Assert.Equal((0, 3), (estate.Set("a").Capacity, estate.Row("a").Budget!.Instances));

        estate.Set("a").Load = 60 * 3;
        await KeepAsync(estate, BudgetPhase.Idle, SomeBudget.Stop);
        await MinutesAsync(estate, 2);
        Assert.Equal(3, estate.Set("a").Capacity);
    }

    private static Task<TargetRow> PauseAsync(Estate estate) => new RowStore(estate.Store).ChangeTargetAsync(
        Estate.Target("a").Id, row => row with { Pause = new("ann", "a move", estate.Now, estate.Now.AddHours(30)) }, Cancellation);

    private static Task<TargetRow> EndPauseAsync(Estate estate) =>
        new RowStore(estate.Store).ChangeTargetAsync(Estate.Target("a").Id, row => row with { Pause = null }, Cancellation);

    /// <summary>A critical workload has what its forecast needs, and without a forecast that may act everything it asks for.</summary>
    [Theory]
    [InlineData(false, null, 4)]
    [InlineData(true, null, 10)]
    [InlineData(true, 7, 7)]
    [InlineData(true, 3, 4)]
    public void A_maximum_is_not_lowered_below_what_a_critical_workload_needs(bool isCritical, int? need, int maximum)
    {
        var evaluation = Evaluate(isCritical, need, SomeBudget.Lower with { Maximum = 4 });
        Assert.Equal(maximum, Math.Min(10, evaluation.Maximum));
    }

    /// <summary>A sale that keeps eight ends at the four a budget leaves, and says so; one that keeps three is left alone.</summary>
    [Theory]
    [InlineData(8, 4)]
    [InlineData(3, 3)]
    public void A_floor_of_the_clock_ends_at_the_maximum_that_a_budget_leaves(int floor, int kept)
    {
        var window = new ZonedWindow(new TimeWindow.Once(new(2026, 3, 1, 0, 0), new(2026, 3, 9, 0, 0)), NodaTime.DateTimeZone.Utc);
        var horizontal = Some.Horizontal(maximum: 20) with { Floors = [new InstanceFloor { When = window, Minimum = floor, Reason = "sale", Source = Some.Source }] };
        var policies = Assert.IsType<TargetPolicies.Resolved>(Some.Policies(horizontal).For(Some.Target(2)));
        var step = SomeBudget.Lower with { Maximum = 4 };
        var measures = BudgetMeasures.Of([SomeBudget.Standing(BudgetPhase.Active, step)], Some.Target(2), Some.Noon);

        var (bounds, maximum) = BudgetUse.Bounded(horizontal.At(Some.Noon), policies, measures, need: null);

        Assert.Equal((4, 4, kept, kept), (maximum, bounds.Maximum, bounds.Minimum, bounds.Floor!.Minimum));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 10)]
    public void A_critical_workload_is_not_stopped(bool isCritical, int goal) =>
        Assert.Equal(goal, Evaluate(isCritical, need: null, SomeBudget.Stop).Outcome.Decision.Desired);

    private static TargetEvaluation Evaluate(bool isCritical, int? need, BudgetStep step)
    {
        var set = Some.Policies();
        set = set with { Workloads = [set.Workloads[0] with { IsCritical = isCritical }], PredictiveScaling = [Some.Predictive()] };
        var target = Some.Target(10, tags: SomeBudget.Tags((BudgetStep.StopTag, "true")));
        return TargetEvaluation.Of(
            target, Assert.IsType<TargetPolicies.Resolved>(set.For(target)), new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series(60, 60, 60) },
            new TargetRow { Target = target.Id },
            new TickContext
            {
                Now = Some.Noon,
                ModeCeiling = PolicyMode.Act,
                Stop = new WriteStop.None(),
                Interval = Some.Minutes(1),
                Budgets = [SomeBudget.Standing(BudgetPhase.Active, step)],
            },
            need is { } instances ? Some.Schedule((0, instances)) : null);
    }

    private static IReadOnlyList<UsageOptimizationPolicy> Nights()
    {
        var set = PolicyTexts.Read(
            """
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss }, mode: act }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: shop }
            spec: { workload: shop, instances: { minimum: 2, maximum: 100 } }
            ---
            apiVersion: scalefunctions/v1
            kind: UsageOptimization
            metadata: { name: nights }
            spec:
              workload: shop
              offHours: { onHours: ["Mon 07:00-12:30", "Wed 07:00-19:00"], to: { instances: 0 }, spread: 0s, lead: 5m }

            """);
        Assert.Empty(set.Errors);
        return set.UsageOptimization;
    }

    private static Estate Stoppable(int capacity, int minimum) => new(
        [Estate.Target("a", capacity) with { Tags = SomeBudget.Tags((BudgetStep.StopTag, "true")) }], Some.Policies(Some.Horizontal(minimum, 100)));

    /// <summary>What a look at the budget would have kept.</summary>
    private static async Task KeepAsync(Estate estate, BudgetPhase phase, BudgetStep step)
    {
        var standing = SomeBudget.Standing(phase, step);
        estate.Policies = estate.Policies with { BudgetAlerts = [standing.Policy] };
        var states = new BudgetStates(estate.Documents);
        var (record, version) = await states.ReadAsync("team", Cancellation);
        Assert.NotNull(await states.WriteAsync("team", record with { Ladder = standing.Kept }, version, estate.Now, Cancellation));
    }

    private static async Task MinutesAsync(Estate estate, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await estate.MinuteAsync();
        }
    }
}
