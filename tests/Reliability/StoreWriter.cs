using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// The test program started a second time, to do nothing but write to the state on a disk until it is killed. It says of each row and
/// each entry that it was told to be written, as soon as it was told.
/// </summary>
internal static class StoreWriter
{
    private const string Variable = "RELIABILITY_STORE_WRITER";

    public static IReadOnlyList<TargetId> Targets { get; } =
        [.. new[] { "a", "b", "c" }.Select(name => TargetId.Parse($"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/{name}"))];

    [ModuleInitializer]
    internal static void RunAsWriter()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory)
        {
            using var store = SqliteStateStore.Open(directory);
            Write(store);
        }
    }

    public static Process Start(string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[Variable] = directory;
        return Process.Start(start)!;
    }

    private static void Write(SqliteStateStore store)
    {
        var facts = JsonDocument.Parse("""{"load":"0123456789012345678901234567890123456789"}""").RootElement;
        for (var number = 0; ; number = (number + 1) % Targets.Count)
        {
            var row = store.ReadTargetAsync(Targets[number], CancellationToken.None).GetAwaiter().GetResult();

            // As a worker does: what the last one left in the outbox first.
            Append(store, row.Journal.Outbox);
            var head = JournalChain.Append(
                row.Journal with { Outbox = [] }, row.Target.Key, DateTimeOffset.UnixEpoch.AddSeconds(row.Version), JournalKind.Spans, "writer",
                $"entry {row.Journal.Sequence + 1}", facts);
            if (store.WriteTargetsAsync([row with { Epoch = row.Epoch + 1, Journal = head }], CancellationToken.None).GetAwaiter().GetResult()[0] is not RowWrite.Written { Version: var version })
            {
                throw new InvalidOperationException("somebody else writes here");
            }

            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"row {number} {version}"));
            Append(store, head.Outbox);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"entry {number} {head.Sequence} {head.Hash}"));
        }
    }

    private static void Append(SqliteStateStore store, IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count > 0)
        {
            store.AppendJournalAsync(entries, CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}
