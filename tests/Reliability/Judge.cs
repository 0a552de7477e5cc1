using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Judges a run on a ground where nobody else changes anything. Azure's write log says what happened; the journal must say
/// the same, and must have said so before.
/// </summary>
internal sealed class Judge
{
    private const double TargetPercent = 60;
    private const double Tolerance = 0.1;

    private readonly Evidence _evidence;
    private readonly List<string> _duplicates = [];
    private readonly List<string> _wrong = [];
    private readonly SortedDictionary<string, int> _ends = new(StringComparer.Ordinal);

    private Judge(Evidence evidence) => _evidence = evidence;

    public static Verdict Of(Evidence evidence)
    {
        var judge = new Judge(evidence);
        judge._wrong.AddRange(evidence.Unexpected.Select(request => $"Azure does not know {request}"));
        judge.RequireWhole(JournalChain.FirstFault(evidence.Fleet.Entries, evidence.Fleet.Row.Journal));
        foreach (var target in evidence.Targets)
        {
            judge.Check(target);
        }

        var effective = evidence.Writes.Count(write => write is { IsEffective: true, IsForeign: false });
        return new Verdict(effective, judge._duplicates, judge._wrong, judge._ends);
    }

    private void Check(TargetChain target)
    {
        RequireWhole(JournalChain.FirstFault(target.Entries, target.Row.Journal));
        var name = target.Row.Target.Name;
        var lives = IntentLife.Read(target.Entries, _wrong.Add);
        Require(target.Row.Intent is null, $"{name}: action {target.Row.Intent?.Epoch} is still open");
        Require(target.Row.Check is null, $"{name}: the check of action {target.Row.Check?.Epoch} was never answered");
        Require(target.Row.Epoch == lives.Count, $"{name}: the row counts {target.Row.Epoch} actions, the journal {lives.Count}");
        foreach (var life in lives)
        {
            _ends[life.End] = _ends.GetValueOrDefault(life.End) + 1;
        }

        var landed = CheckWrites(target, lives);
        foreach (var life in lives)
        {
            CheckEnd(name, life, landed.Contains(life.Intent.Epoch));
        }

        // An operation without an end blocks its scale set for good.
        if (!lives.Any(life => life.End == nameof(IntentEnd.TimedOut)))
        {
            CheckFit(_evidence.Fleets.Single(fleet => fleet.Target == target.Row.Target));
        }
    }

    /// <summary>Compares Azure's log, what the state said at each arrival, and the journal.</summary>
    /// <returns>The actions that changed the resource.</returns>
    private HashSet<long> CheckWrites(TargetChain target, IReadOnlyList<IntentLife> lives)
    {
        var name = target.Row.Target.Name;
        var writes = _evidence.Writes
            .Where(write => !write.IsForeign && string.Equals(write.Path, target.Row.Target.Value, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var sent = _evidence.Sent.Where(each => each.Target == target.Row.Target).ToList();
        Require(writes.Count == sent.Count, $"{name}: {sent.Count} writes arrived, {writes.Count} are in the log");
        var epochs = new HashSet<long>();
        var landed = new HashSet<long>();
        foreach (var (write, known) in writes.Zip(sent, (write, each) => (write, each.Intent)))
        {
            var title = $"{name}: write {write.Sequence} at {write.At:HH:mm:ss}";
            CheckAlone(title, write);
            if (known is not { Phase: IntentPhase.Sent } || lives.FirstOrDefault(life => life.Intent.Epoch == known.Epoch)?.Intent is not { } intent)
            {
                _wrong.Add($"{title} was not written down as sent before (open was {known?.Epoch} {known?.Phase})");
                continue;
            }

            Require(
                intent.Base.ETag == write.IfMatch && intent.Goal == GoalOf(write) && intent.OpenedAt <= write.At,
                $"{title} is not what action {intent.Epoch} had written down");
            RequireOnce(epochs.Add(intent.Epoch), $"{title} is a second write of action {intent.Epoch}");
            if (write.IsEffective)
            {
                Require(write.CapacityBefore == intent.Base.Capacity, $"{title} landed on {write.CapacityBefore}, computed from {intent.Base.Capacity}");
                RequireOnce(landed.Add(intent.Epoch), $"{title} is a second effective write of action {intent.Epoch}");
            }
        }

        return landed;
    }

    private void CheckAlone(string title, WriteRecord write)
    {
        Require(!string.IsNullOrEmpty(write.IfMatch) && write.IfMatch != "*", $"{title} has no If-Match");
        Require(GoalOf(write) is >= ProvingGround.Minimum and <= ProvingGround.Maximum, $"{title} asks for {GoalOf(write)}, outside the bounds");
        RequireOnce(write.IsEffective || write.Status is null or >= 300, $"{title} asks again for what there is");
        Require(!write.IsEffective || write.CapacityAfter == GoalOf(write), $"{title} made {write.CapacityAfter} of {GoalOf(write)}");
    }

    private void CheckEnd(string name, IntentLife life, bool hasLanded)
    {
        var isTrue = life.End switch
        {
            nameof(IntentEnd.Done) or nameof(IntentEnd.TimedOut) => hasLanded,
            nameof(IntentEnd.NotSent) or nameof(IntentEnd.NotLanded) or nameof(IntentEnd.Rejected) or nameof(IntentEnd.Stale) => !hasLanded,
            _ => false,
        };
        Require(isTrue, $"{name}: action {life.Intent.Epoch} ended as {life.End}, and it has {(hasLanded ? "" : "not ")}landed");
    }

    /// <summary>The count is the one the load asks for, or one within the tolerance.</summary>
    private void CheckFit(FleetReport fleet)
    {
        var load = fleet.Demand * FleetModel.FullLoadCpuPercent;
        var wanted = Math.Clamp((int)Math.Ceiling(load / TargetPercent), ProvingGround.Minimum, ProvingGround.Maximum);
        var isClose = Math.Abs((load / fleet.Capacity) - TargetPercent) <= (TargetPercent * Tolerance) + 1e-9;
        Require(fleet.Capacity == wanted || isClose, $"{fleet.Target.Name}: {fleet.Capacity} instances for a load that wants {wanted}");
    }

    private static int? GoalOf(WriteRecord write)
    {
        using var body = JsonDocument.Parse(write.Body);
        return body.RootElement.TryGetProperty("sku", out var sku) && sku.TryGetProperty("capacity", out var capacity) ? capacity.GetInt32() : null;
    }

    private void RequireWhole(string? fault)
    {
        if (fault is not null)
        {
            _wrong.Add(fault);
        }
    }

    private void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            _wrong.Add(complaint);
        }
    }

    private void RequireOnce(bool holds, string complaint)
    {
        if (!holds)
        {
            _duplicates.Add(complaint);
        }
    }
}
