using System.Globalization;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How a target's row changes by off-hours.</summary>
public static class OffTransitions
{
    /// <summary>Remembers what was decided, and tells what happened; nothing of it where somebody else has stored another memory meanwhile.</summary>
    /// <param name="row">The row as it is now.</param>
    /// <param name="step">What was decided.</param>
    /// <param name="known">What the row remembered as far as we know: as it was decided on, or as we have stored it since.</param>
    /// <param name="now">When it was decided.</param>
    /// <param name="actor">The worker's name.</param>
    public static TargetRow Rested(this TargetRow row, OffStep step, OffMemory? known, DateTimeOffset now, string actor)
    {
        if (row.Off != known)
        {
            return row;
        }

        // A person who starts what we stopped resets nothing in the way a pipeline does.
        var next = row with { Off = step.Memory, Resets = step.IsRelease ? [.. row.Resets.SkipLast(1)] : row.Resets };
        var memory = step.Memory ?? row.Off;
        DateTimeOffset? ended = row.Off is { DownAt: not null } down && step.Memory?.DownAt != down.DownAt ? down.ReturningSince ?? now : null;
        return step.Told.Length == 0 ? next : next.Tell(
            now, JournalKind.OffHours, actor, step.Told, new OffFacts(memory?.Edge, memory?.Instances, memory?.Size, memory?.ReadyAt, step.IsAlarm)
            {
                SavedHours = ended is null ? null : SavedHours(row.Off!, DateTimeOffset.MinValue, ended.Value),
                DownSince = ended is null ? null : row.Off!.DownAt,
                DownUntil = ended,
            },
            FactsJson.Default.OffFacts);
    }

    /// <summary>Instance-hours that what is down has spared between two moments.</summary>
    public static double SavedHours(OffMemory memory, DateTimeOffset since, DateTimeOffset until)
    {
        var from = memory.DownAt > since ? memory.DownAt : since;
        return memory.DownAt is not null && until > from ? (until - from.Value).TotalHours * Math.Max(0, memory.Instances - memory.Goal) : 0;
    }

    /// <summary>Lets off-hours begin later for once, at most as long as the policy allows; or now when there is none given.</summary>
    public static TargetRow SetSnooze(this TargetRow row, Snooze? snooze, string by, string reason, DateTimeOffset now)
    {
        var given = row.Standing?.LongestSnooze is { } longest ? snooze?.AtMost(longest) : snooze;
        var text = given is null
            ? $"no longer kept on in off-hours, by {by}: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"kept on in off-hours until {given.Until:u} by {by}: {reason}");

        // One that is ended early ends now, and that is the edge off-hours begin by.
        var ended = given ?? (row.Snooze is { } last && last.IsActive(now) ? last with { Until = now } : row.Snooze);
        return (row with { Snooze = ended }).Tell(
            now, JournalKind.Snooze, by, text, new HandleFacts(given is not null, reason, given?.Until), FactsJson.Default.HandleFacts);
    }
}
