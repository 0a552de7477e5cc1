using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
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

    /// <summary>
    /// Time to settle everything: longer than the deadline of an operation and of the check after it, and longer than the half
    /// hour after which a sudden fall of load counts as expected, so that all targets are lowered in turn.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(45);

    private readonly Lock _gate = new();
    private readonly List<SentWrite> _sent = [];
    private readonly GroundSetup _setup;

    private ProvingGround(GroundSetup setup) =>
        (_setup, State) = (setup, setup.State ?? Directory.CreateTempSubdirectory("scalefunctions-").FullName);

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

    public static Task<ProvingGround> StartAsync(CancellationToken cancellationToken) => StartAsync(new GroundSetup(), cancellationToken);

    public static async Task<ProvingGround> StartAsync(GroundSetup setup, CancellationToken cancellationToken)
    {
        var ground = new ProvingGround(setup);
        ground.Sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Start = setup.Estate.Start, Estate = setup.Estate.Spec, Observer = ground.ObserveAsync }, cancellationToken);
        return ground;
    }

    /// <summary>Starts a worker on this ground.</summary>
    public Worker Serve(TimeSpan duration, string? killAt = null) => Serve(duration, killAt is null ? null : ("KILL_AT", killAt));

    /// <summary>Starts a worker on this ground, with the hook in it when one is given.</summary>
    public Worker Serve(TimeSpan duration, (string Variable, string Value)? hook) => Worker.Start(
        hook,
        [
            "serve", "--sandbox", $"{Sandbox.Port}/{Sandbox.Thumbprint}", "--state", State, "--policies", _setup.Policies, "--port", "0",
            "--speed", "0", "--duration", $"{(int)duration.TotalMinutes}m",
        ]);

    /// <summary>Has a person apply the policies on this ground, once.</summary>
    public Worker Apply(string? killAt = null) => Worker.Start(
        killAt, "apply", "--yes", "--sandbox", $"{Sandbox.Port}/{Sandbox.Thumbprint}", "--state", State, "--policies", _setup.Policies);

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
        _setup.Estate.CalmFrom(Sandbox.Clock.GetUtcNow());
        await using var worker = Serve(Quiet, hook: null);
        var end = await worker.EndAsync(cancellationToken);
        Assert.True(end.ExitCode == 0, $"the quiet run did not end well: {end}");
        return await GatherAsync(cancellationToken);
    }

    public async Task<Evidence> GatherAsync(CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(State);
        return await Evidence.GatherAsync(store, Sandbox, Sent, cancellationToken);
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
        if (_setup.State is null)
        {
            Directory.Delete(State, recursive: true);
        }
    }

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
