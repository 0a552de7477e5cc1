using System.Text.Json;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>A store that keeps its contract, row by row as JSON, and remembers every row it ever committed.</summary>
/// <param name="isCareless">Forgets the conditions of writes: to prove that the judge would notice.</param>
internal sealed class MemoryStateStore(bool isCareless = false) : IStateStore
{
    private readonly Dictionary<TargetId, (long Version, string Json)> _targets = [];
    private readonly Dictionary<(string Chain, long Sequence), string> _journal = [];
    private string _fleet = JsonSerializer.Serialize(new FleetRow(), StateJson.Default.FleetRow);
    private long _fleetVersion;

    public List<TargetRow> Commits { get; } = [];

    public int Entries => _journal.Count;

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TargetRow>>([.. _targets.Keys.Select(Row)]);

    public Task<TargetRow> ReadTargetAsync(TargetId target, CancellationToken cancellationToken) => Task.FromResult(Row(target));

    public Task<IReadOnlyList<TargetRow>> ReadTargetsAsync(IReadOnlyList<TargetId> targets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TargetRow>>([.. targets.Select(Row)]);

    public Task<IReadOnlyList<RowWrite>> WriteTargetsAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RowWrite>>([.. rows.Select(Write)]);

    public Task<FleetRow> ReadFleetAsync(CancellationToken cancellationToken) => Task.FromResult(
        JsonSerializer.Deserialize(_fleet, StateJson.Default.FleetRow)! with { Version = _fleetVersion });

    public Task<RowWrite> WriteFleetAsync(FleetRow row, CancellationToken cancellationToken)
    {
        if (row.Version != _fleetVersion)
        {
            return Task.FromResult<RowWrite>(new RowWrite.Conflict());
        }

        _fleet = JsonSerializer.Serialize(row, StateJson.Default.FleetRow);
        return Task.FromResult<RowWrite>(new RowWrite.Written(++_fleetVersion));
    }

    public Task AppendJournalAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            var json = JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry);
            if (!_journal.TryAdd((entry.Chain, entry.Sequence), json) && Entry(_journal[(entry.Chain, entry.Sequence)]).Hash != entry.Hash)
            {
                throw new StateStoreException($"entry {entry.Sequence} of {entry.Chain} is there with another hash");
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>(
        [
            .. _journal.Where(entry => query.Chain is null || entry.Key.Chain == query.Chain)
                .OrderByDescending(entry => entry.Key.Sequence)
                .Select(entry => Entry(entry.Value))
                .Where(entry => query.Since is null || entry.At >= query.Since)
                .Take(query.Limit),
        ]);

    public TargetRow Row(TargetId target) => _targets.TryGetValue(target, out var stored)
        ? JsonSerializer.Deserialize(stored.Json, StateJson.Default.TargetRow)! with { Version = stored.Version }
        : new TargetRow { Target = target };

    /// <summary>The whole chain of a target, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Chain(TargetId target) =>
        [.. _journal.Where(entry => entry.Key.Chain == target.Key).OrderBy(entry => entry.Key.Sequence).Select(entry => Entry(entry.Value))];

    /// <summary>Drops the chain of a target.</summary>
    public void ForgetJournal(TargetId target)
    {
        foreach (var key in _journal.Keys.Where(key => key.Chain == target.Key).ToList())
        {
            _journal.Remove(key);
        }
    }

    private static JournalEntry Entry(string json) => JsonSerializer.Deserialize(json, StateJson.Default.JournalEntry)!;

    private RowWrite Write(TargetRow row)
    {
        var version = _targets.TryGetValue(row.Target, out var stored) ? stored.Version : 0;
        if (row.Version != version && !isCareless)
        {
            return new RowWrite.Conflict();
        }

        _targets[row.Target] = (version + 1, JsonSerializer.Serialize(row, StateJson.Default.TargetRow));
        Commits.Add(row);
        return new RowWrite.Written(version + 1);
    }
}
