using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Many targets, one store, one queue and workers: what the timer's and the queue's functions do together.</summary>
internal sealed class Estate
{
    private readonly List<TaskCompletionSource> _waiting = [];
    private bool _isInterleaved;

    public Estate(IEnumerable<ObservedTarget> targets, PolicySet? policies = null)
    {
        Policies = policies ?? Some.Policies(Some.Horizontal(1, 100));
        Sets = targets.ToDictionary(target => target.Id, target => new ModelAzure(Time, target.Capacity, target) { Load = 60 * target.Capacity });
        Worker = Hire();
    }

    /// <summary>The targets in doubt in each tick.</summary>
    public Dictionary<string, HashSet<TargetId>> Doubts { get; } = [];

    /// <summary>The tick before each tick, and whether all its batches had reported.</summary>
    public Dictionary<string, (string Last, bool IsWhole)> Before { get; } = [];

    public FakeTimeProvider Time { get; } = new(Some.Noon);

    public Dictionary<TargetId, ModelAzure> Sets { get; }

    public MemoryStateStore Store { get; } = new();

    public MemoryDocumentStore Documents { get; } = new();

    public MemoryWorkQueue Queue { get; } = new();

    public List<EstateWrite> Writes { get; } = [];

    public PolicySet Policies { get; set; }

    /// <summary>Why the inventory is incomplete; nothing when it is complete.</summary>
    public string? InventoryFault { get; set; }

    /// <summary>Targets the inventory lists, when not all of them and once each.</summary>
    public IReadOnlyList<TargetId>? Listed { get; set; }

    /// <summary>What happens while the inventory is listed.</summary>
    public Func<Task>? WhileListing { get; set; }

    /// <summary>What happens while metrics are read.</summary>
    public Func<Task>? WhileMeasuring { get; set; }

    /// <summary>Calls of store and queue since the start, and the one that fails.</summary>
    public int Calls { get; private set; }

    public (int At, EstateFault Kind)? Fault { get; set; }

    /// <summary>The worker that does everything unless a test says otherwise.</summary>
    public EstateWorker Worker { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public static ObservedTarget Target(string name, int capacity = 4, string subscription = "s-1", string region = "westeurope") =>
        Some.Target(capacity) with
        {
            Id = TargetId.Parse($"/subscriptions/{subscription}/resourceGroups/shop/providers/{Some.ScaleSet}/{name}"),
            Region = region,
        };

    public static IEnumerable<ObservedTarget> Targets(int count, int capacity = 4) =>
        Enumerable.Range(0, count).Select(number => Target($"web-{number:d4}", capacity));

    public EstateWorker Hire() => new(this);

    public TargetRow Row(string name) => Store.Row(Target(name).Id);

    public ModelAzure Set(string name) => Sets[Target(name).Id];

    /// <summary>Whether an evaluation of it, told by a message, can prove nothing at this moment.</summary>
    public bool IsInDoubt(ObservedTarget told) => told.Tags is TargetTags.Unknown
        || (!MixedEstate.IsMachine(told.Id) && Sets[told.Id].View is View.MetricsFailed or View.MetricsNotANumber or View.MetricsWithGap or View.MetricsZero);

    /// <summary>Time goes on, and with it what Azure has under way.</summary>
    public void Pass(double minutes = 1)
    {
        Time.Advance(TimeSpan.FromMinutes(minutes));
        foreach (var set in Sets.Values)
        {
            set.CatchUp();
        }
    }

    /// <summary>One whole minute as it should be: a tick, every batch and every look at an action once.</summary>
    public async Task<IReadOnlyList<TickReport>> MinuteAsync()
    {
        await Worker.TickAsync().ConfigureAwait(false);
        var reports = new List<TickReport>();
        foreach (var request in Queue.TakeEvaluations())
        {
            reports.Add((await Worker.EvaluateAsync(request).ConfigureAwait(false))!);
        }

        Pass();
        foreach (var request in Queue.TakeVerifications())
        {
            await Worker.VerifyAsync(request.Target).ConfigureAwait(false);
        }

        return reports;
    }

    /// <summary>Runs several workers at once, each stopped at every call until the schedule lets it go on.</summary>
    public void Together(uint schedule, params Func<Task>[] work)
    {
        // Without a context, whoever opens a gate runs on in the caller's place: the order is the schedule's alone.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _isInterleaved = true;
        try
        {
            var runs = work.Select(each => each()).ToList();
            while (_waiting.Count > 0)
            {
                var next = (int)(schedule % (uint)_waiting.Count);
                schedule = (schedule * 1_664_525) + 1_013_904_223;
                schedule = (schedule >> 16) | (schedule << 16);
                var gate = _waiting[next];
                _waiting.RemoveAt(next);
                gate.SetResult();
            }

            foreach (var run in runs)
            {
                Assert.True(run.IsCompleted, "a worker still waits");
                run.GetAwaiter().GetResult();
            }
        }
        finally
        {
            _isInterleaved = false;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>A call of any port waits here for its turn.</summary>
    public async Task EnterAsync()
    {
        if (_isInterleaved)
        {
            var gate = new TaskCompletionSource();
            _waiting.Add(gate);
            await gate.Task.ConfigureAwait(false);
        }
    }

    /// <summary>A call of the store or the queue is counted, and one of them fails.</summary>
    public EstateFault? Count() => ++Calls == Fault?.At ? Fault.Value.Kind : null;

    public InventoryReading List()
    {
        IReadOnlyList<ObservedTarget> targets = [.. (Listed ?? [.. Sets.Keys]).Select(id => Sets[id].List().Targets[0])];
        return InventoryFault is { } reason ? new InventoryReading.Partial(targets, reason) : new InventoryReading.Complete(targets);
    }

    public IReadOnlyDictionary<MonitoredResource, MetricSeries> ReadMetrics(MetricRequest request) =>
        request.Resources.ToDictionary(resource => resource, resource => Sets[TargetId.Parse(resource.Id)].ReadMetrics());
}
