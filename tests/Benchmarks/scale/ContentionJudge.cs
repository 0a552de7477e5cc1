using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Reliability.Tests;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// Compares the write log of the simulated Azure with the journal: every write is of an action that was written down, on the state it
/// was computed from, once; and how the journal says it ended is what happened.
/// </summary>
internal static class ContentionJudge
{
    private const int WholeChain = 100_000;

    public static async Task<ContentionVerdict> JudgeAsync(Fleet fleet)
    {
        var (actions, duplicates, wrong) = (0, new List<string>(), new List<string>());
        foreach (var row in await fleet.State.ReadTargetsAsync(CancellationToken.None))
        {
            var entries = (await fleet.State.ReadJournalAsync(new JournalQuery(row.Target.Key, Limit: WholeChain), CancellationToken.None)).Reverse().ToList();
            if (JournalChain.FirstFault(entries) is { } fault)
            {
                wrong.Add(fault);
            }

            if (row.Intent is { } open)
            {
                wrong.Add($"{row.Target.Name}: action {open.Epoch} is still open");
            }

            var lives = IntentLife.Read(entries, wrong.Add);
            actions += lives.Count;
            Judge(row, lives, fleet.Azure.Writes.Of(row.Target), duplicates, wrong);
        }

        var all = fleet.Azure.Writes.All;
        return new ContentionVerdict(actions, all.Count(write => write.IsEffective), all.Count(write => !write.IsEffective), duplicates, wrong);
    }

    private static void Judge(TargetRow row, IReadOnlyList<IntentLife> lives, IReadOnlyList<WriteRecord> writes, List<string> duplicates, List<string> wrong)
    {
        var landed = new HashSet<long>();
        foreach (var write in writes)
        {
            var title = $"{row.Target.Name}: write {write.Sequence} at {write.At:HH:mm:ss}";
            if (lives.LastOrDefault(life => life.Intent.Base.ETag == write.IfMatch && life.Intent.Goal == GoalOf(write) && life.Intent.OpenedAt <= write.At)?.Intent is not { } intent)
            {
                wrong.Add($"{title} was never written down");
                continue;
            }

            if (!write.IsEffective)
            {
                continue;
            }

            if (write.CapacityBefore != intent.Base.Capacity || write.CapacityAfter != intent.Goal)
            {
                wrong.Add($"{title} made {write.CapacityAfter} of {write.CapacityBefore}; action {intent.Epoch} was to make {intent.Goal} of {intent.Base.Capacity}");
            }

            if (!landed.Add(intent.Epoch) || write.CapacityBefore == write.CapacityAfter)
            {
                duplicates.Add($"{title} repeats action {intent.Epoch}");
            }
        }

        foreach (var life in lives)
        {
            var hasLanded = landed.Contains(life.Intent.Epoch);
            if (life.End is nameof(IntentEnd.Done) or nameof(IntentEnd.TimedOut) ? !hasLanded : hasLanded)
            {
                wrong.Add($"{row.Target.Name}: action {life.Intent.Epoch} ended as {life.End}, and it has {(hasLanded ? "" : "not ")}landed");
            }
        }
    }

    private static int? GoalOf(WriteRecord write)
    {
        using var body = JsonDocument.Parse(write.Body);
        return body.RootElement.TryGetProperty("sku", out var sku) && sku.TryGetProperty("capacity", out var capacity) ? capacity.GetInt32() : null;
    }
}
