using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A simulated Azure under restless load, and a state directory. Both outlive the workers that run on them. At the arrival of
/// every write the state is read, as it is on the disk at that moment: this is the proof of what was written down before.
/// </summary>
internal sealed class ProvingGround : IAsyncDisposable
{
    public const int Minimum = 2;
    public const int Maximum = 12;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["web", "api", "worker", "batch"];

    /// <summary>
    /// Time to settle everything: longer than the deadline of an operation and of the check after it, and longer than the half
    /// hour after which a sudden fall of load counts as expected, so that all targets are lowered in turn.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(45);

    private readonly Lock _gate = new();
    private readonly List<SentWrite> _sent = [];
    private readonly List<StirredLoad> _loads = [.. Names.Select((_, index) => new StirredLoad(Start, index))];

    private ProvingGround(string state) => State = state;

    public SandboxServer Sandbox { get; private set; } = null!;

    public string State { get; }

    /// <summary>Called, and awaited, at each moment of each request.</summary>
    public Func<RequestObservation, Task>? OnRequest { get; set; }

    /// <summary>Writes that reached Azure's door, in order.</summary>
    public IReadOnlyList<SentWrite> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public static async Task<ProvingGround> StartAsync(CancellationToken cancellationToken)
    {
        var ground = new ProvingGround(Directory.CreateTempSubdirectory("scalefunctions-").FullName);
        ground.Sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Start = Start,
                Estate = new EstateSpec([.. Names.Zip(ground._loads, Service)]),
                Observer = ground.ObserveAsync,
            },
            cancellationToken);
        return ground;
    }

    /// <summary>Starts a worker on this ground.</summary>
    public Worker Serve(TimeSpan duration, string? killAt = null) => Worker.Start(
        killAt, "serve", "--sandbox", $"{Sandbox.Port}/{Sandbox.Thumbprint}", "--state", State, "--policies", Built.Policies, "--port", "0",
        "--speed", "0", "--duration", $"{(int)duration.TotalMinutes}m");

    /// <summary>Runs another verb on this state to its end.</summary>
    public async Task<WorkerEnd> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var worker = Worker.Start(killAt: null, [.. arguments, "--state", State]);
        return await worker.EndAsync(cancellationToken);
    }

    /// <summary>Ends all trouble, lets a worker run until everything is settled, and gathers what is to be judged.</summary>
    public async Task<Evidence> SettleAsync(CancellationToken cancellationToken)
    {
        OnRequest = null;
        Sandbox.Faults.Clear();
        foreach (var load in _loads)
        {
            load.Calm = Sandbox.Clock.GetUtcNow();
        }

        await using var worker = Serve(Quiet);
        var end = await worker.EndAsync(cancellationToken);
        Assert.True(end.ExitCode == 0, $"the quiet run did not end well: {end}");
        return await GatherAsync(cancellationToken);
    }

    public async Task<Evidence> GatherAsync(CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(State);
        var fleet = await store.ReadFleetAsync(cancellationToken);
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var entries = await store.ReadJournalAsync(new JournalQuery(Limit: int.MaxValue), cancellationToken);
        var chains = entries.Reverse().GroupBy(entry => entry.Chain).ToDictionary(chain => chain.Key, chain => chain.OrderBy(entry => entry.Sequence).ToList());
        return new Evidence
        {
            Writes = Sandbox.Writes.All,
            Sent = Sent,
            Fleets = Sandbox.Estate.Report(),
            Unexpected = Sandbox.Requests.Unexpected,
            Fleet = new FleetChain(fleet, chains.GetValueOrDefault(JournalEntry.FleetChain, [])),
            Targets = [.. rows.Select(row => new TargetChain(row, chains.GetValueOrDefault(row.Target.Key, [])))],
        };
    }

    /// <summary>
    /// Whether a row tells something that the journal does not have yet. Looks at a copy, so that the next worker finds the
    /// state as the dead one left it.
    /// </summary>
    public async Task<bool> IsJournalBehindAsync(CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("scalefunctions-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(State, "state.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }

            using var store = SqliteStateStore.Open(copy.FullName);
            var rows = await store.ReadTargetsAsync(cancellationToken);
            var entries = await store.ReadJournalAsync(new JournalQuery(Limit: int.MaxValue), cancellationToken);
            return rows.Any(row => row.Journal.Sequence > entries.Count(entry => entry.Chain == row.Target.Key));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(State, recursive: true);
    }

    private static ScaleSetSpec Service(string name, StirredLoad load) => new()
    {
        Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, name),
        Load = load,
        InitialCapacity = 4,
        BootTime = TimeSpan.FromMinutes(1),
        Tags = new Dictionary<string, string> { ["app"] = "shop" },
    };

    private async ValueTask ObserveAsync(RequestObservation seen, CancellationToken cancellationToken)
    {
        if (seen is { Method: "PATCH", Moment: RequestMoment.Received })
        {
            await NoteAsync(TargetId.Parse(seen.PathAndQuery.Split('?')[0]));
        }

        if (OnRequest is { } act)
        {
            await act(seen);
        }
    }

    // Opened and closed each time: a connection held open would spare the next worker the recovery after a crash.
    private async Task NoteAsync(TargetId target)
    {
        using var store = SqliteStateStore.Open(State);
        var row = await store.ReadTargetAsync(target, CancellationToken.None);
        lock (_gate)
        {
            _sent.Add(new SentWrite(target, row.Intent));
        }
    }
}
