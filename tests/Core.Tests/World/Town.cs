using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>A store, an Azure, a clock, and workers that come and go: plays a story and keeps the write log.</summary>
internal sealed class Town
{
    /// <summary>No call takes longer than the client's own time-out once a write is on the wire.</summary>
    private const int OnTheWire = 20;

    private static readonly RateLimit TwoAMinute = new() { Instances = 2 };

    private readonly Story _story;
    private readonly PolicyMode _ceiling;
    private readonly FakeTimeProvider _time = new(Some.Noon);
    private readonly List<(WorkerPorts Worker, string Call, TaskCompletionSource Gate)> _waiting = [];
    private readonly List<WorkerPorts> _workers = [];
    private uint _schedule;
    private Tick? _tick;
    private int _calls;

    private Town(Story story, PolicyMode ceiling, bool isCareless)
    {
        _story = story;
        _ceiling = ceiling;
        _schedule = story.Schedule;
        Store = new MemoryStateStore(isCareless);
        Azure = new ModelAzure(_time, story.Capacity);
    }

    public static IReadOnlyList<PolicySet> Policies { get; } =
    [
        Some.Policies(Some.Horizontal(1, 30), version: "wide------------"),
        Some.Policies(Some.Horizontal(3, 8), version: "narrow----------"),
        Some.Policies(
            Some.Horizontal(2, 20, new() { AtMost = TwoAMinute }, new() { AtMost = TwoAMinute, Stabilization = Some.Minutes(3) }, whenBlind: 5),
            version: "gentle----------"),
        Some.Policies(Some.Horizontal(1, 30), mode: PolicyMode.Observe, version: "observe---------"),
    ];

    public MemoryStateStore Store { get; }

    public ModelAzure Azure { get; }

    public List<WriteAttempt> Writes { get; } = [];

    public DateTimeOffset Now => _time.GetUtcNow();

    public TargetRow Row => Store.Row(Some.Id());

    /// <summary>The journal of the target, as it is when the story has been played.</summary>
    public IReadOnlyList<JournalEntry> Chain { get; private set; } = [];

    /// <summary>How each action ended.</summary>
    public IReadOnlyList<(long Epoch, string End)> Ends { get; private set; } = [];

    /// <summary>Whether running recovery alone, again and again, ever wrote to Azure or told anything twice.</summary>
    public bool RecoveryDidMore { get; private set; }

    public static Town Play(Story story, PolicyMode ceiling = PolicyMode.Act, bool isCareless = false)
    {
        // Without a context, whoever opens a gate runs on in the caller's place: the order is the schedule's alone.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var town = new Town(story, ceiling, isCareless);
            town.Play();
            return town;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>A port call begins: it waits for its turn, time may pass, something may happen.</summary>
    public async Task<Event> EnterAsync(WorkerPorts worker, string call)
    {
        if (_story.Workers > 1 && _tick is not null)
        {
            var gate = new TaskCompletionSource();
            _waiting.Add((worker, call, gate));
            await gate.Task.ConfigureAwait(false);
        }

        if (worker.IsDead)
        {
            throw new CrashException();
        }

        _calls++;
        var happens = Event.Nothing;
        if (_tick is { } tick)
        {
            happens = tick.FirstAt == _calls ? tick.First : tick.SecondAt == _calls ? tick.Second : Event.Nothing;
            await HappenAsync(happens, worker, call).ConfigureAwait(false);
        }

        Azure.CatchUp();
        worker.LastCall = call;
        return happens;
    }

    public WriteAttempt Log(Core.Actions.CapacityWrite write, WorkerPorts worker)
    {
        var stored = Row;
        var attempt = new WriteAttempt
        {
            Write = write,
            At = Now,
            Stored = stored,
            CallBefore = worker.LastCall,
            SawKillSwitch = worker.SawKillSwitch,
            LastRead = worker.LastRead,
            IsInJournal = Store.Chain(Some.Id()).Any(entry => entry.Kind == JournalKind.IntentSent && Epoch(entry) == stored.Epoch),
            View = Azure.View,
        };
        Writes.Add(attempt);
        return attempt;
    }

    private void Play()
    {
        for (var worker = 0; worker < _story.Workers; worker++)
        {
            _workers.Add(new WorkerPorts(this));
        }

        foreach (var tick in _story.Ticks)
        {
            Begin(tick);
            var runs = _workers.Select(worker => RunAsync(worker, Policies[tick.Policy])).ToList();
            Schedule();
            _tick = null;
            Require(runs);
            Rise();
        }

        // Quiet: nothing fails any more, for longer than any deadline.
        foreach (var minutes in (int[])[1, 2, 3, 10, 4])
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            (Azure.View, Azure.Fate) = (View.Clear, Fate.Accepted);
            Azure.CatchUp();
            Recover();
        }

        RecoverAgain();
        Chain = Store.Chain(Some.Id());
        Ends =
        [
            .. Chain.Where(entry => entry.Kind == JournalKind.IntentEnded)
                .Select(entry => (Epoch(entry), entry.Facts.GetProperty("end").GetString()!)),
        ];
    }

    private static long Epoch(JournalEntry entry) => entry.Facts.GetProperty("epoch").GetInt64();

    private void Begin(Tick tick)
    {
        _time.Advance(TimeSpan.FromSeconds(tick.Seconds));
        Azure.CatchUp();
        (Azure.Load, Azure.View, Azure.Fate) = (tick.Load, tick.View, tick.Fate);
        (_tick, _calls) = (tick, 0);
        _workers.ForEach(worker => worker.LastRead = null);
    }

    private void Schedule()
    {
        while (_waiting.Count > 0)
        {
            var next = (int)(_schedule % (uint)_waiting.Count);
            _schedule = (_schedule * 1_664_525) + 1_013_904_223;
            _schedule = (_schedule >> 16) | (_schedule << 16);
            var (_, _, gate) = _waiting[next];
            _waiting.RemoveAt(next);
            gate.SetResult();
        }
    }

    /// <summary>A dead worker is replaced by a new process that remembers nothing.</summary>
    private void Rise()
    {
        for (var index = 0; index < _workers.Count; index++)
        {
            _workers[index] = _workers[index].IsDead ? new WorkerPorts(this) : _workers[index];
        }

        RecoverAgain();
    }

    /// <summary>Recovery at this moment, and once more: the second time there is nothing left to do, and neither writes to Azure.</summary>
    private void RecoverAgain()
    {
        var writes = Writes.Count;
        Recover();
        var (entries, commits) = (Store.Entries, Store.Commits.Count);
        Recover();
        RecoveryDidMore |= Writes.Count != writes || Store.Entries != entries || Store.Commits.Count != commits;
    }

    private void Recover() => Require([Cycle(_workers[0]).SettleAsync([], CancellationToken.None)]);

    private async Task RunAsync(WorkerPorts worker, PolicySet policies)
    {
        try
        {
            await Cycle(worker).RunAsync(policies, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CrashException or StateStoreException)
        {
            // The process ended, or the tick failed without a store: the next tick goes on.
        }
    }

    private ScalingCycle Cycle(WorkerPorts ports)
    {
        var rows = new RowStore(ports);
        var options = new CycleOptions { Worker = $"worker-{_workers.IndexOf(ports)}", ModeCeiling = _ceiling };
        return new ScalingCycle(rows, new PredictiveSchedules(new MemoryDocumentStore()), ports, ports, new ActionRunner(rows, [ports], options, _time), options, _time);
    }

    private async Task HappenAsync(Event happens, WorkerPorts worker, string call)
    {
        switch (happens)
        {
            case Event.CrashBefore:
                worker.IsDead = true;
                throw new CrashException();
            case Event.Slow or Event.VerySlow:
                var isOnTheWire = call == "arm write" || _waiting.Exists(each => each.Call == "arm write");
                _time.Advance(TimeSpan.FromSeconds(isOnTheWire ? OnTheWire : happens == Event.Slow ? 25 : 200));
                break;
            case Event.ForeignChange:
                Azure.ChangeFromOutside();
                break;
            case Event.ForeignOperation:
                Azure.OperateFromOutside();
                break;
            case Event.KillSwitchOn or Event.KillSwitchOff:
                await new RowStore(Store).ChangeFleetAsync(
                    fleet => fleet.SetKillSwitch(happens == Event.KillSwitchOn, "ann", "", Now), CancellationToken.None).ConfigureAwait(false);
                break;
            case Event.Pause:
                await new RowStore(Store).ChangeTargetAsync(
                    Some.Id(),
                    row => row.SetPause(new TargetPause("ann", "", Now, Now.AddMinutes(3)), "ann", "", Now),
                    CancellationToken.None).ConfigureAwait(false);
                break;
        }
    }

    private static void Require(IEnumerable<Task> runs)
    {
        foreach (var run in runs)
        {
            Assert.True(run.IsCompleted, "a worker still waits");
            run.GetAwaiter().GetResult();
        }
    }
}
