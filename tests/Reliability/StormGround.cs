using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Scale sets that need seven instances each and have them. Somebody takes some away, which is one meaning, however many events
/// tell of it; it asks for one write, back to seven. So the number of writes is known beforehand.
/// </summary>
internal sealed class StormGround : IAsyncDisposable
{
    /// <summary>A load of five instances at 80 % is one of seven at 57 %, within the tolerance of 60 %.</summary>
    public const int Needed = 7;

    private const double Demand = 5;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(TargetId Target, int To)> _taken = [];

    private StormGround(SandboxServer sandbox, string state) => (Sandbox, State) = (sandbox, state);

    public SandboxServer Sandbox { get; }

    public string State { get; }

    public IReadOnlyList<TargetId> Targets => [.. Sandbox.Estate.Spec.ScaleSets.Select(each => each.Id)];

    /// <summary>What was taken away so far: each asks for one write.</summary>
    public int Meanings => _taken.Count;

    public DateTimeOffset Now => Sandbox.Clock.GetUtcNow();

    /// <param name="targets">So many scale sets.</param>
    /// <param name="speed">Simulated seconds in one of ours at most; 0 for as fast as it goes.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StormGround> StartAsync(int targets, int speed, CancellationToken cancellationToken) => new(
        await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Start = Start,
                Speed = speed,
                Throttle = ThrottleLimits.None,
                Estate = new EstateSpec([.. Enumerable.Range(0, targets).Select(number => new ScaleSetSpec
                {
                    Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, $"s{number}"),
                    Load = new ConstantLoad(Demand),
                    InitialCapacity = Needed,
                    BootTime = TimeSpan.FromMinutes(1),
                    Tags = new Dictionary<string, string> { ["app"] = "shop" },
                })]),
            },
            cancellationToken),
        Directory.CreateTempSubdirectory("scalefunctions-").FullName);

    /// <summary>Somebody takes instances away.</summary>
    public void Take(TargetId target, int left)
    {
        _taken.Add((target, left));
        Sandbox.Estate.SetCapacity(target, left);
    }

    /// <summary>Waits until the simulated Azure has made good all that was taken, and then for simulated time in which nothing may happen.</summary>
    public async Task MadeGoodAsync(StormWorker worker, TimeSpan quiet, CancellationToken cancellationToken)
    {
        while (Sandbox.Writes.Effective.Count < Meanings)
        {
            Assert.True(worker.IsRunning, $"the program ended:\n{worker.Told}");
            await Task.Delay(50, cancellationToken);
        }

        await PassAsync(worker, quiet, cancellationToken);
    }

    public async Task PassAsync(StormWorker worker, TimeSpan span, CancellationToken cancellationToken)
    {
        for (var until = Now + span; Now < until;)
        {
            Assert.True(worker.IsRunning, $"the program ended:\n{worker.Told}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>All that is wrong, in sentences. The worker has ended by now.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>(Sandbox.Requests.Unexpected.Select(request => $"Azure does not know {request}"));
        foreach (var (target, writes) in Sandbox.Writes.All.GroupBy(write => TargetId.Parse(write.Path)).Select(group => (group.Key, group.ToList())))
        {
            int? owed = null;
            foreach (var write in writes)
            {
                if (write.IsForeign)
                {
                    owed = write.CapacityAfter;
                }
                else if (write is not { IsEffective: true, CapacityAfter: Needed } || write.CapacityBefore != owed)
                {
                    // A refusal does nothing; anything else is a write that nothing asked for, or a second one.
                    if (write.IsEffective || write.Status is < 300)
                    {
                        faults.Add($"{target.Name}: write {write.Sequence} made {write.CapacityBefore} to {write.CapacityAfter} ({write.Status}), owed was {owed?.ToString() ?? "nothing"}");
                    }
                }
                else
                {
                    owed = null;
                }
            }

            if (owed is not null)
            {
                faults.Add($"{target.Name}: what was taken was never made good");
            }
        }

        using var store = SqliteStateStore.Open(State);
        var entries = (await store.ReadJournalAsync(new JournalQuery(Limit: int.MaxValue), cancellationToken)).OrderBy(entry => entry.Sequence).ToLookup(entry => entry.Chain);
        foreach (var row in await store.ReadTargetsAsync(cancellationToken))
        {
            var chain = entries[row.Target.Key].ToList();

            // That it was changed; who did it is told apart, once the activity log says so.
            var told = chain.Count(entry => entry.Kind == JournalKind.Drift && entry.Text.StartsWith("the capacity is ", StringComparison.Ordinal));
            var taken = _taken.Count(each => each.Target == row.Target);
            faults.AddRange(JournalChain.FirstFault(chain, row.Journal) is { } fault ? [$"{row.Target.Name}: {fault}"] : []);
            faults.AddRange(told == taken ? [] : [$"{row.Target.Name}: {taken} foreign changes, {told} told"]);
            faults.AddRange(row.Intent is null ? [] : [$"{row.Target.Name}: action {row.Intent.Epoch} is still open"]);
        }

        return faults;
    }

    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(JournalKind kind, CancellationToken cancellationToken)
    {
        using var store = SqliteStateStore.Open(State);
        return [.. (await store.ReadJournalAsync(new JournalQuery(Limit: int.MaxValue), cancellationToken)).Where(entry => entry.Kind == kind)];
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(State, recursive: true);
    }
}
