using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Documents that somebody has been at, or that lay on a damaged page: each is known anew, and meanwhile nothing is lowered by it.</summary>
public sealed class DamagedDocumentsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"x")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"counts\":{}}")]
    [InlineData("")]
    public async Task Whatever_is_damaged_raises_go_on_nothing_is_lowered_in_the_tick_and_all_is_well_in_a_few(string json)
    {
        var estate = new Estate(Estate.Targets(4));
        await RunAsync(estate, minutes: 3);
        estate.Set("web-0000").Load = 600;
        estate.Set("web-0001").Load = 30;
        await estate.Worker.TickAsync();
        Assert.True(await DamageAsync(estate.Documents, json) > 1);
        var before = estate.Writes.Count;

        await EvaluateAsync(estate);
        estate.Pass();
        await RunAsync(estate, minutes: 2);

        Assert.Contains(estate.Writes.Skip(before), write => write.Target == Estate.Target("web-0000").Id && write.Goal > 4);
        Assert.DoesNotContain(estate.Writes.Skip(before), write => write.Target == Estate.Target("web-0001").Id);
        await RunAsync(estate, minutes: 30);
        Assert.Contains(estate.Writes.Skip(before), write => write.Target == Estate.Target("web-0001").Id && write.Goal < 4);
    }

    [Fact]
    public async Task That_the_inventory_is_learnt_anew_is_told_once_and_nothing_is_lowered_in_that_tick()
    {
        var estate = new Estate(Estate.Targets(3));
        await RunAsync(estate, minutes: 2);
        await DamageAsync(estate.Documents, "{", "inventory");

        var alerts = (await estate.Worker.TickAsync())!.Alerts;
        Assert.Contains(Assert.Single(estate.Queue.TakeEvaluations()).InventoryDoubt, Assert.Single(alerts), StringComparison.Ordinal);
        Assert.Contains("inventory/known", alerts[0], StringComparison.Ordinal);

        estate.Pass();
        Assert.Empty((await estate.Worker.TickAsync())!.Alerts);
        Assert.Equal("", Assert.Single(estate.Queue.TakeEvaluations()).InventoryDoubt);
    }

    [Fact]
    public async Task A_closed_lane_a_snooze_and_a_mark_that_cannot_be_read_are_none()
    {
        var documents = new MemoryDocumentStore();
        var time = new FakeTimeProvider(Some.Noon);
        var board = new LaneBoard(documents, "worker-1");
        await board.ExchangeAsync([new LaneClosure("lane", Some.Noon.AddMinutes(5), "429")], Some.Noon, Cancellation);
        var snoozes = new AlertSnoozes(documents, time);
        await snoozes.SetAsync(new AlertSnooze("web", "ann", "known", Some.Noon.AddHours(1)), Cancellation);
        await DamageAsync(documents, "{");

        Assert.Empty((await board.ExchangeAsync([], Some.Noon, Cancellation)).Closures);
        Assert.Empty(await snoozes.ListAsync(Cancellation));
    }

    private static async Task RunAsync(Estate estate, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await estate.Worker.TickAsync();
            await EvaluateAsync(estate);
            estate.Pass();
        }
    }

    private static async Task EvaluateAsync(Estate estate)
    {
        foreach (var request in estate.Queue.TakeEvaluations())
        {
            await estate.Worker.EvaluateAsync(request);
        }
    }

    private static async Task<int> DamageAsync(MemoryDocumentStore documents, string json, string partition = "")
    {
        var hit = documents.All.Where(document => document.Partition.StartsWith(partition, StringComparison.Ordinal)).ToList();
        foreach (var document in hit)
        {
            await documents.WriteDocumentAsync(document with { Json = json }, Cancellation);
        }

        return hit.Count;
    }
}
