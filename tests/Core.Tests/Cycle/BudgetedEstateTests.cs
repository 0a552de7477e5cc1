using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;
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
