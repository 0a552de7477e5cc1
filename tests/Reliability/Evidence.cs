using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>All that a run left behind, on Azure's side and on ours.</summary>
internal sealed record Evidence
{
    /// <summary>Azure's own log of the writes, in the order in which they took effect.</summary>
    public required IReadOnlyList<WriteRecord> Writes { get; init; }

    public required IReadOnlyList<SentWrite> Sent { get; init; }

    public required IReadOnlyList<FleetReport> Fleets { get; init; }

    /// <summary>Requests Azure does not know.</summary>
    public required IReadOnlyList<string> Unexpected { get; init; }

    public required FleetChain Fleet { get; init; }

    public required IReadOnlyList<TargetChain> Targets { get; init; }

    /// <summary>Reads it all, from a state that nobody writes at the moment.</summary>
    public static async Task<Evidence> GatherAsync(
        IStateStore store, SandboxServer sandbox, IReadOnlyList<SentWrite> sent, CancellationToken cancellationToken)
    {
        var targets = new List<TargetChain>();
        foreach (var row in await store.ReadTargetsAsync(cancellationToken))
        {
            targets.Add(new TargetChain(row, await EntriesAsync(row.Target.Key)));
        }

        return new Evidence
        {
            Writes = sandbox.Writes.All,
            Sent = sent,
            Fleets = sandbox.Estate.Report(),
            Unexpected = sandbox.Requests.Unexpected,
            Fleet = new FleetChain(await store.ReadFleetAsync(cancellationToken), await EntriesAsync(JournalEntry.FleetChain)),
            Targets = targets,
        };

        async Task<IReadOnlyList<JournalEntry>> EntriesAsync(string chain) =>
            [.. (await store.ReadJournalAsync(new JournalQuery(chain, Limit: int.MaxValue), cancellationToken)).Reverse()];
    }
}

/// <summary>A write at its arrival in Azure.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Intent">The action the state had open for it at that moment.</param>
internal sealed record SentWrite(TargetId Target, Intent? Intent);

/// <summary>The fleet's row and its journal, oldest entry first.</summary>
internal sealed record FleetChain(FleetRow Row, IReadOnlyList<JournalEntry> Entries);

/// <summary>A target's row and its journal, oldest entry first.</summary>
internal sealed record TargetChain(TargetRow Row, IReadOnlyList<JournalEntry> Entries);
