using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>What a person approved holds where it is carried out, whatever the load has become since.</summary>
public sealed class ApprovedFloorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lowering_goes_no_further_than_was_approved()
    {
        var world = new RollbackWorld(load: 120);
        await world.ChangeAsync(row => row.SetPause(new TargetPause("ann", "look", world.Now, null), "ann", "look", world.Now));
        await world.TickAsync(40);
        await world.ChangeAsync(row => row.SetPause(null, "ann", "seen", world.Now));

        Assert.Contains("no fewer than 3 instances were approved; proposed anew", await world.EvaluateAsync(floor: 3), StringComparison.Ordinal);
        Assert.Empty(world.Writes);

        await world.EvaluateAsync(floor: 2);
        Assert.Equal(2, Assert.Single(world.Writes).Goal);
    }

    [Fact]
    public async Task A_tick_sends_the_floors_of_what_was_approved_with_its_targets()
    {
        var estate = new Estate(Estate.Targets(20, capacity: 8));
        await PassAsync(estate, minutes: 45);
        foreach (var set in estate.Sets.Values)
        {
            set.Load = 60;
        }

        await PassAsync(estate, minutes: 10);
        var desk = new ApprovalDesk(new RowStore(estate.Store), estate.Documents, new CycleOptions { Worker = "worker-1" }, estate.Time);
        var asked = (await estate.Store.ReadFleetAsync(Cancellation)).Approvals[^1];
        var approved = await desk.DetailsAsync(asked.Id, Cancellation);
        Assert.IsType<ApprovalResult.Answered>(await desk.AnswerAsync(asked.Id, true, "ann", "the sale is over", false, Cancellation));
        estate.Pass();
        await estate.Worker.TickAsync();

        Assert.Equal(
            approved.Targets.ToDictionary(each => each.Target, each => each.Least),
            estate.Queue.TakeEvaluations().SelectMany(request => request.Floors).ToDictionary());
    }

    private static async Task PassAsync(Estate estate, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await estate.MinuteAsync();
        }
    }
}
