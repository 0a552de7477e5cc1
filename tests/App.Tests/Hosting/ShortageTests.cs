using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A size that Azure has no more of in a region is a fact of the place, told once and tried ever more rarely by all who are there.</summary>
public sealed class ShortageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_target_is_told_and_all_others_of_the_place_wait_with_it()
    {
        var more = Enumerable.Range(0, 4).Select(index => RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"more{index}"), 5)).ToList();
        await using var handler = await RunningHandler.StartAsync(null, more);
        handler.Sandbox.Faults.Set([new FaultRule
        {
            Method = "PATCH",
            Target = "virtualMachineScaleSets",
            Effect = new AnswerWith(409, Body: """{"error":{"code":"AllocationFailed","message":"We do not have sufficient capacity for the requested VM size in this region."}}"""),
        }]);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(5), Cancellation);

        await TickAsync(handler, 3);
        Assert.Single(handler.Sandbox.Writes.All);
        await TickAsync(handler, 3);
        Assert.Equal(2, handler.Sandbox.Writes.All.Count);

        var fleet = await handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation);
        Assert.Equal(2, Assert.Single(fleet.Shortages).Times);
        Assert.Equal(1, handler.Log.Text.Split("Azure has no room for more").Length - 1);

        handler.Sandbox.Faults.Clear();
        await TickAsync(handler, 14);
        Assert.Equal(5, handler.Sandbox.Writes.All.Count(write => write.IsEffective));
        Assert.Empty((await handler.Services.GetRequiredService<IStateStore>().ReadFleetAsync(Cancellation)).Shortages);
    }

    private static async Task TickAsync(RunningHandler handler, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            var queue = handler.Services.GetRequiredService<IWorkSource>();
            foreach (var work in await queue.ReceiveAsync(WorkKind.Evaluate, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
            {
                (await handler.PostAsync("Evaluate", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                await queue.CompleteAsync(work, Cancellation);
            }
        }
    }
}
