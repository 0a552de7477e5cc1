using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>How off-hours stand at noon of a Monday, on from 07:00 to 19:00; what is told of what a budget holds.</summary>
public sealed class OffStandingsTests
{
    private static readonly DateTimeOffset Night = Some.Noon.AddHours(10);

    private static readonly BudgetStanding Stops = SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Stop);

    private static readonly OffMemory Down = new(Some.Noon.AddHours(-17), 6, "D4", 0, Some.Noon.AddHours(-17))
    {
        IsLowered = true,
        DownAt = Some.Noon.AddHours(-16),
        ReadyAt = Some.Noon.AddHours(-5),
    };

    [Fact]
    public void What_a_step_keeps_from_coming_back_is_held_by_the_budget()
    {
        var held = Of(0, row => row with { Off = Down }, Stops);
        Assert.Equal(("held by a budget", "back once the step stop of the budget team is over", (6, "D4")), (held.State, held.Note, held.Before!.Value));
        Assert.Null(held.ReadyAt);

        Assert.Equal("coming back", Of(0, row => row with { Off = Down }).State);
    }

    [Fact]
    public void So_is_what_a_step_took_in_working_hours()
    {
        var held = Of(0, row => row with { Budget = new BudgetStand("team", "stop", 6, Some.At(-60)) }, Stops);
        Assert.Equal(("held by a budget", (6, "D4")), (held.State, held.Before!.Value));

        Assert.Equal("on", Of(0, row => row with { Budget = new BudgetStand("team", "stop", 6, Some.At(-60), Some.At(-1)) }).State);
    }

    [Fact]
    public void In_the_night_it_is_off_and_held_too()
    {
        var held = Of(0, row => row with { Off = Down, Budget = new BudgetStand("team", "stop", 6, Some.At(-60)) }, Stops, Night);

        Assert.Equal(("off", "the step stop of the budget team holds it, too"), (held.State, held.Note));
    }

    /// <summary>A cheaper size keeps nothing from coming back.</summary>
    [Fact]
    public void A_step_that_takes_no_instances_holds_nothing() => Assert.Equal(
        "coming back", Of(0, row => row with { Off = Down }, SomeBudget.Standing(BudgetPhase.Active, SomeBudget.Cheaper with { Select = SomeBudget.Everything })).State);

    [Theory]
    [InlineData(0, 22, "off")]
    [InlineData(6, 22, "not off")]
    [InlineData(6, 12, "on")]
    [InlineData(0, 12, "not on")]
    public void Without_a_memory_what_there_is_is_held_against_the_hours(int instances, int hour, string state) =>
        Assert.Equal(state, OffStandings.Of(Policies, Target(instances), null, [], Some.Noon.AddHours(hour - 12))!.State);

    private static ObservedTarget Target(int instances) => Some.Target(instances, tags: SomeBudget.Tags((BudgetStep.StopTag, "true"))) with { Sku = "D4" };

    private static OffStanding Of(int instances, Func<TargetRow, TargetRow> row, BudgetStanding? budget = null, DateTimeOffset? at = null) =>
        OffStandings.Of(Policies, Target(instances), row(new TargetRow { Target = Some.Id(), OwnCapacity = instances }), budget is null ? [] : [budget], at ?? Some.Noon)!;

    private static PolicySet Policies
    {
        get
        {
            var bounds = Some.Policies(Some.Horizontal(minimum: 1, maximum: 10));
            return bounds with
            {
                UsageOptimization =
                [
                    new UsageOptimizationPolicy
                    {
                        Name = "nights",
                        Workload = bounds.Workloads[0].Name,
                        OffHours = new OffHoursTerms { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 },
                        Source = Some.Source,
                    },
                ],
            };
        }
    }
}
