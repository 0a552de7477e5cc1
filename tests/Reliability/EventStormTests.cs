using System.Globalization;
using System.Net;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>Events and calls in storms, at the program over HTTP as the Functions host hands them on; judged by Azure's log.</summary>
public sealed class EventStormTests
{
    /// <summary>Longer than an event counts as one of our own write, so that each is a foreign one.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(11);

    private static readonly HttpStatusCode[] Answers = [HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.ServiceUnavailable];

    /// <summary>
    /// Somebody takes instances away from every scale set; each of these changes is told 1 to 30 times, and one in ten is also
    /// called for by hand, 1 to 20 times under one key. All of it shuffled, 64 at a time, and in every third round the program
    /// is killed amid.
    /// </summary>
    [Fact(Timeout = 4 * Timeouts.Long)]
    public async Task Of_a_storm_of_events_with_kills_amid_each_meaning_comes_to_one_write()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var targets = StormReport.IsLong ? 100 : 20;
        var random = new Random(20261128);
        var (sent, kills) = (0, 0);
        await using var ground = await StormGround.StartAsync(targets, speed: 0, cancellationToken);
        await using var worker = await StormWorker.StartAsync(ground, cancellationToken);
        using var calls = new StormCalls(worker);
        await ground.PassAsync(worker, Apart, cancellationToken);
        for (var round = 0; round < StormReport.Events / targets; round++)
        {
            var storm = new List<Func<Task>>();
            foreach (var target in ground.Targets)
            {
                ground.Take(target, StormGround.Needed - 1 - (round % 2));
                var (at, meaning) = (ground.Now, $"{round}-{target.Name}");
                storm.AddRange(Enumerable.Range(0, random.Next(1, 31)).Select<int, Func<Task>>(copy => () =>
                    calls.DeliverAsync(StormCalls.Change(copy % 5 == 4 ? $"{meaning}-{copy}" : meaning, target, at), cancellationToken)));
                if (random.Next(10) == 0)
                {
                    storm.AddRange(Enumerable.Range(0, random.Next(1, 21)).Select<int, Func<Task>>(_ => async () =>
                    {
                        var (status, body) = await calls.PostAsync("evaluate", meaning, $$"""{"act":true,"targets":["{{target.Name}}"]}""", cancellationToken);
                        Assert.True(Answers.Contains(status), $"{status}: {body}");
                    }));
                }
            }

            sent += storm.Count;
            var all = StormCalls.AllAsync(storm, random, cancellationToken);
            if (round % 3 == 1)
            {
                for (var amid = calls.Answered + random.Next(storm.Count); calls.Answered < amid && !all.IsCompleted;)
                {
                    await Task.Delay(5, cancellationToken);
                }

                await worker.RestartAsync(cancellationToken);
                kills++;
            }

            await all;
            await ground.MadeGoodAsync(worker, Apart, cancellationToken);
        }

        await worker.KillAsync();
        var faults = await ground.FaultsAsync(cancellationToken);
        StormReport.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"events: {ground.Meanings:N0} meanings, {sent:N0} deliveries and calls, {kills} kills, {calls.Unanswered:N0} sent again, answers p50 {calls.Within(0.5):0} ms, p99 {calls.Within(0.99):0} ms, most {calls.Within(1):0} ms: {ground.Sandbox.Writes.Effective.Count:N0} effective writes, {faults.Count} wrong"));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(ground.Meanings, ground.Sandbox.Writes.Effective.Count);
    }

    [Fact(Timeout = Timeouts.Long)]
    public async Task Forged_events_write_nothing_and_stop_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ground = await StormGround.StartAsync(targets: 3, speed: 0, cancellationToken);
        await using var worker = await StormWorker.StartAsync(ground, cancellationToken);
        using var calls = new StormCalls(worker);
        await ground.PassAsync(worker, Apart, cancellationToken);
        var forged = ForgedEvents.Of(ground.Targets[0], ground.Now);

        await StormCalls.AllAsync(
            from each in Enumerable.Repeat(forged, StormReport.IsLong ? 20 : 2).SelectMany(all => all)
            select (Func<Task>)(async () =>
            {
                var status = await calls.TryAsync(each.Body, cancellationToken);
                Assert.True(status == (each.IsTaken ? HttpStatusCode.OK : HttpStatusCode.InternalServerError), $"{each.Name}: {status}");
            }),
            new Random(1), cancellationToken);
        await ground.PassAsync(worker, Apart, cancellationToken);

        Assert.Empty(ground.Sandbox.Writes.All);
        ground.Take(ground.Targets[1], left: 5);
        await calls.DeliverAsync(StormCalls.Change("genuine", ground.Targets[1], ground.Now), cancellationToken);
        await ground.MadeGoodAsync(worker, Apart, cancellationToken);
        await worker.KillAsync();
        var faults = await ground.FaultsAsync(cancellationToken);
        StormReport.Add($"forged: {forged.Count} kinds, {calls.Answered} deliveries: 0 writes, and 1 for the one that was true; {faults.Count} wrong");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
