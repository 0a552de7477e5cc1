using System.Globalization;
using Microsoft.Data.Sqlite;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A process that writes to the state on a disk as fast as it can, killed again and again on the same file. After each kill the file
/// opens and is sound, the chains are whole, and all it was told to have written is there.
/// </summary>
public sealed class SqliteKillTests
{
    private const int Seed = 20260105;
    private const int KillsOfFile = 30;

    /// <summary>Lines after which it is killed: from the first write after opening to some hundred of them.</summary>
    private const int MostLines = 200;

    /// <summary>In microseconds, more than a flushed commit takes.</summary>
    private const int LongestWhile = 3_000;

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_writer_killed_at_any_moment_loses_nothing_it_was_told_to_have_written() => await Trials.InSharesAsync(
        Trials.CountOr(5), KillsOfFile, RunAsync, TestContext.Current.CancellationToken);

    [Fact(Timeout = Timeouts.Long)]
    public async Task What_was_told_to_be_written_and_is_not_there_is_found()
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-");
        try
        {
            var token = TestContext.Current.CancellationToken;
            var told = new Told();
            await KillAsync(directory.FullName, told, new Random(Seed), token);
            Assert.Empty(await FaultsAsync(directory.FullName, told, token));
            told.Add("row 0 1000000");
            told.Add("entry 1 1 another");
            told.Add("entry 2 1000000 any");

            Assert.Equal(3, (await FaultsAsync(directory.FullName, told, token)).Count);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(IReadOnlyList<int> kills, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("scalefunctions-");
        try
        {
            var told = new Told();
            var wrong = new List<string>();
            foreach (var kill in kills)
            {
                await KillAsync(directory.FullName, told, new Random(Seed + kill), cancellationToken);
                wrong.AddRange((await FaultsAsync(directory.FullName, told, cancellationToken)).Select(fault => $"after kill {kill}: {fault}"));
            }

            Figures.Add(kills.Count, told.Count, duplicates: 0, wrong.Count);
            Assert.Empty(wrong);
            Assert.True(told.Count >= kills.Count, "hardly anything was written, so nothing was proved");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task KillAsync(string directory, Told told, Random random, CancellationToken cancellationToken)
    {
        var (lines, pause) = (1 + random.Next(MostLines), TimeSpan.FromMicroseconds(random.Next(LongestWhile)));
        using var writer = StoreWriter.Start(directory);
        try
        {
            for (var line = 0; line < lines; line++)
            {
                told.Add(await writer.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("the writer ended by itself"));
            }

            Moment.Pass(pause);
        }
        finally
        {
            writer.Kill();
        }

        // What it said before it died counts too; the last line may be cut off.
        var rest = (await writer.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n');
        foreach (var line in rest[..^1])
        {
            told.Add(line);
        }

        await writer.WaitForExitAsync(cancellationToken);
        Assert.Equal(Worker.KilledExitCode, writer.ExitCode);
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(string directory, Told told, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (Check(Path.Combine(directory, "state.db")) is not "ok" and var damage)
        {
            faults.Add($"integrity_check says {damage}");
        }

        using var store = SqliteStateStore.Open(directory);
        foreach (var (number, target) in StoreWriter.Targets.Index())
        {
            var row = await store.ReadTargetAsync(target, cancellationToken);
            var entries = (await store.ReadJournalAsync(new JournalQuery(target.Key, Limit: int.MaxValue), cancellationToken)).Reverse().ToList();
            var waiting = row.Journal.Outbox.Where(entry => entry.Sequence > entries.Count);
            if (JournalChain.FirstFault([.. entries, .. waiting], row.Journal) is { } fault)
            {
                faults.Add(fault);
            }

            if (row.Version < told.Versions.GetValueOrDefault(number))
            {
                faults.Add($"row {target.Name} is of version {row.Version}, {told.Versions[number]} was written");
            }

            if (told.Entries.GetValueOrDefault(number) is { Sequence: > 0 } last && (entries.Count < last.Sequence || entries[(int)last.Sequence - 1].Hash != last.Hash))
            {
                faults.Add($"entry {last.Sequence} of {target.Name} was written and is not there as it was");
            }
        }

        return faults;
    }

    private static string Check(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>What the writers said was written.</summary>
    private sealed class Told
    {
        public int Count { get; private set; }

        public Dictionary<int, long> Versions { get; } = [];

        public Dictionary<int, (long Sequence, string Hash)> Entries { get; } = [];

        public void Add(string line)
        {
            Count++;
            switch (line.Split(' '))
            {
                case ["row", var number, var version]:
                    Versions[Number(number)] = Number(version);
                    break;
                case ["entry", var number, var sequence, var hash]:
                    Entries[Number(number)] = (Number(sequence), hash);
                    break;
                default:
                    throw new InvalidOperationException($"the writer said '{line}'");
            }
        }

        private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
