using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How a capacity that is not what we asked for is noticed in a target's row, and explained.</summary>
public static class DriftTransitions
{
    /// <summary>Notices a capacity that is neither what was seen last nor what was asked for, unless it was seen before that.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="capacity">Instances there are now.</param>
    /// <param name="now">When they were counted.</param>
    /// <param name="actor">The worker's name.</param>
    /// <param name="cause">What an event told about the change; empty when nothing did.</param>
    public static TargetRow See(this TargetRow row, int capacity, DateTimeOffset now, string actor, string cause = "")
    {
        if (row.Intent is not null || row.LastKnownCapacity == capacity || now <= row.LastKnownAt)
        {
            return row;
        }

        var next = row with { LastKnownCapacity = capacity, LastKnownAt = now, OwnCapacity = null, Resets = ResetsWith(row, capacity, now) };
        return row.LastKnownCapacity is not { } expected
            ? next
            : (next with { Unexplained = new UnexplainedDrift(row.LastKnownAt ?? now, now, expected, capacity, 0) }).Tell(
                now, JournalKind.Drift, actor, $"the capacity is {capacity}, not {expected}, and it was not us{(cause.Length == 0 ? "" : $": {cause}")}",
                new DriftFacts(expected, capacity), FactsJson.Default.DriftFacts);
    }

    /// <summary>Tells who made a change that was not ours, or that the activity log does not know yet.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="drift">The change that was asked about; of a later one nothing is known.</param>
    /// <param name="who">What the log tells; empty when it tells nothing.</param>
    /// <param name="now">When it was asked.</param>
    /// <param name="actor">The worker's name.</param>
    public static TargetRow Explain(this TargetRow row, UnexplainedDrift drift, string who, DateTimeOffset now, string actor) =>
        row.Unexplained != drift ? row
        : who.Length == 0 ? row with { Unexplained = drift.Next() }
        : (row with { Unexplained = null }).Tell(
            now, JournalKind.Drift, actor, $"the change from {drift.Expected} to {drift.Found} instances, seen at {drift.At:u}: {who}",
            new DriftFacts(drift.Expected, drift.Found) { Who = who }, FactsJson.Default.DriftFacts);

    /// <summary>Notes a capacity that Azure's own autoscale may have changed at any time: that is what it is for, and no drift.</summary>
    public static TargetRow Follow(this TargetRow row, int capacity, DateTimeOffset now) =>
        row.LastKnownCapacity == capacity || now <= row.LastKnownAt ? row : row with { LastKnownCapacity = capacity, LastKnownAt = now };

    /// <summary>A change of what we had asked for; as many are kept as are judged.</summary>
    private static IReadOnlyList<PastReset> ResetsWith(TargetRow row, int capacity, DateTimeOffset now) =>
        row.OwnCapacity is { } own && own != capacity
            ? [.. row.Resets.Append(new PastReset(now, own, capacity)).TakeLast(ResetSuspicion.Times)]
            : row.Resets;
}
