using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Calls every worker with the same at the same time, and does not wait for one that is stopped.</summary>
internal sealed class Contention(Fleet fleet, Chaos chaos, int seed)
{
    /// <summary>Ticks that the others run while one is stopped: some within the time in which a sent request is waited for, some beyond.</summary>
    private static readonly int[] StoppedTicks = [1, 4, 2];

    private readonly Random _random = new(seed);
    private readonly List<Task> _left = [];
    private int _stops;
    private int _ticksLeft;

    private IEnumerable<WorkerProcess> Running => fleet.Workers.Where(worker => worker != chaos.Stopped);

    /// <summary>Has a worker stopped, each in its turn, at one of the moments in their turn.</summary>
    public void ArmStop(int number) => chaos.Arm(
        fleet.Workers[number % fleet.Workers.Count], Chaos.Stops[number % Chaos.Stops.Count], 1 + _random.Next(40));

    public async Task TickAsync()
    {
        var wasStopped = chaos.Stopped is not null;
        await fleet.AdvanceAsync([.. Running]);
        await AllAsync(worker => fleet.Triggers.TickAsync(worker.Address, CancellationToken.None));
        foreach (var function in fleet.Triggers.Queues)
        {
            while (await fleet.Triggers.ReceiveAsync(function, CancellationToken.None) is { Count: > 0 } works)
            {
                await Task.WhenAll(works.Select(work => DeliverAsync(function, work)));
            }
        }

        if (chaos.Stopped is not null)
        {
            _ticksLeft = wasStopped ? _ticksLeft - 1 : StoppedTicks[_stops++ % StoppedTicks.Length];
            if (_ticksLeft <= 0)
            {
                await ResumeAsync();
            }
        }
    }

    /// <summary>Lets a stopped worker go on, and waits for what it was called with.</summary>
    public async Task ResumeAsync()
    {
        chaos.Resume();
        await Task.WhenAll(_left);
        _left.Clear();
    }

    private async Task DeliverAsync(FunctionFile function, ReceivedWork work)
    {
        var isTaken = await AllAsync(worker => fleet.Triggers.CallAsync(worker.Address, function, work, CancellationToken.None));

        // What failed is tried by the next tick anyway: a message that comes again at once would only crowd this one.
        await fleet.Triggers.SettleAsync(work, isTaken || work.DequeueCount > 2, CancellationToken.None);
    }

    /// <returns>Whether one of those that answered took it.</returns>
    private async Task<bool> AllAsync(Func<WorkerProcess, Task<bool>> call)
    {
        var calls = Running.Select(worker => (Worker: worker, Call: call(worker))).ToList();
        while (calls.Any(each => !each.Call.IsCompleted && each.Worker != chaos.Stopped))
        {
            var running = calls.Where(each => !each.Call.IsCompleted && each.Worker != chaos.Stopped).Select(each => (Task)each.Call);
            await Task.WhenAny(chaos.Stopped is null ? running.Append(chaos.WhenStopped) : running);
        }

        lock (_left)
        {
            _left.AddRange(calls.Where(each => !each.Call.IsCompleted).Select(each => each.Call));
        }

        return calls.Any(each => each.Call is { IsCompleted: true, Result: true });
    }
}
