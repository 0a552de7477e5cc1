using System.Globalization;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How a target's row changes by off-hours.</summary>
public static class OffTransitions
{
    /// <summary>Remembers what was decided, and tells what happened.</summary>
    public static TargetRow Rested(this TargetRow row, OffStep step, DateTimeOffset now, string actor)
    {
        // A person who starts what we stopped resets nothing in the way a pipeline does.
        var next = row with { Off = step.Memory, Resets = step.IsRelease ? [.. row.Resets.SkipLast(1)] : row.Resets };
        var memory = step.Memory ?? row.Off;
        return step.Told.Length == 0 ? next : next.Tell(
            now, JournalKind.OffHours, actor, step.Told, new OffFacts(memory?.Edge, memory?.Instances, memory?.Size, memory?.ReadyAt, step.IsAlarm)
            {
                SavedHours = IsBack(row.Off, step.Memory) ? SavedHours(row.Off!, row.Off!.ReturningSince!.Value) : null,
            },
            FactsJson.Default.OffFacts);
    }

    /// <summary>Instance-hours that off-hours have spared until a moment.</summary>
    public static double SavedHours(OffMemory memory, DateTimeOffset until) =>
        memory.DownAt is { } since && until > since ? (until - since).TotalHours * Math.Max(0, memory.Instances - memory.Goal) : 0;

    private static bool IsBack(OffMemory? before, OffMemory? after) => before is { ReturningSince: not null } && after is null or { ReturningSince: null };

    /// <summary>Lets off-hours begin later for once, or now when there is none given.</summary>
    public static TargetRow SetSnooze(this TargetRow row, Snooze? snooze, string by, string reason, DateTimeOffset now)
    {
        var text = snooze is null
            ? $"no longer kept on in off-hours, by {by}: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"kept on in off-hours until {snooze.Until:u} by {by}: {reason}");

        // One that is ended early ends now, and that is the edge off-hours begin by.
        var ended = snooze ?? (row.Snooze is { } last && last.IsActive(now) ? last with { Until = now } : row.Snooze);
        return (row with { Snooze = ended }).Tell(
            now, JournalKind.Snooze, by, text, new HandleFacts(snooze is not null, reason, snooze?.Until), FactsJson.Default.HandleFacts);
    }
}
