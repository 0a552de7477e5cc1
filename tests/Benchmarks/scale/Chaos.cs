using System.Collections.Concurrent;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// What befalls workers on their way to the store: connections are cut at random, and now and then a worker is stopped at a moment
/// chosen before, so that it goes on later as if no time had passed.
/// </summary>
internal sealed class Chaos(int seed)
{
    /// <summary>One request or answer in so many meets a cut.</summary>
    private const int OneIn = 200;

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, int> _cuts = new();
    private readonly ConcurrentDictionary<string, int> _stops = new();
    private readonly Lock _gate = new();
    private Plan? _plan;
    private TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where a worker can be stopped: around what decides whether, and that, it writes to Azure.</summary>
    public static IReadOnlyList<StoreMoment> Stops { get; } =
    [
        new("target row: replace", IsAnswered: false), new("target row: replace", IsAnswered: true), new("fleet row: read", IsAnswered: false),
        new("fleet row: read", IsAnswered: true), new("target row: read", IsAnswered: true), new("entity: insert", IsAnswered: true),
    ];

    public bool IsOn { get; set; } = true;

    /// <summary>The worker that is stopped, if any.</summary>
    public WorkerProcess? Stopped { get; private set; }

    /// <summary>Ends when a worker is stopped.</summary>
    public Task WhenStopped => _stopped.Task;

    /// <summary>How often each happened, by the name of the moment.</summary>
    public IReadOnlyDictionary<string, int> Cuts => _cuts;

    public IReadOnlyDictionary<string, int> StopCounts => _stops;

    /// <summary>The next worker to be stopped: the one that passes the moment that many times.</summary>
    public void Arm(WorkerProcess worker, StoreMoment moment, int passes)
    {
        lock (_gate)
        {
            _plan = new Plan(worker, moment, passes);
        }
    }

    /// <summary>Lets the stopped worker go on.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            Stopped?.Signal("CONT");
            Stopped = null;
            _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Decides about one moment.</summary>
    /// <returns>Whether the connection is to be cut.</returns>
    public bool Meets(WorkerProcess worker, StoreMoment moment)
    {
        lock (_gate)
        {
            if (!IsOn)
            {
                return false;
            }

            if (Stopped is null && _plan is { } plan && plan.Worker == worker && plan.Moment == moment && --plan.Passes <= 0)
            {
                _plan = null;
                worker.Signal("STOP");
                Stopped = worker;
                _stops.AddOrUpdate(moment.ToString(), 1, (_, count) => count + 1);
                _stopped.TrySetResult();
                return false;
            }

            if (_random.Next(OneIn) != 0)
            {
                return false;
            }

            _cuts.AddOrUpdate(moment.ToString(), 1, (_, count) => count + 1);
            return true;
        }
    }

    private sealed class Plan(WorkerProcess worker, StoreMoment moment, int passes)
    {
        public WorkerProcess Worker => worker;

        public StoreMoment Moment => moment;

        public int Passes { get; set; } = passes;
    }
}
