using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>
/// What makes rows of a backup safe to go on with. An open action in it is never sent: it is only settled, by what Azure says now.
/// What was done after the backup is not known any more, so numbers of actions begin far above any that were used since, what was
/// known of capacities is forgotten, and nothing is written before a person has looked.
/// </summary>
public static class RestoreTransitions
{
    /// <summary>More actions than a target has between a backup and its use: one a minute for two years.</summary>
    public const long EpochsSkipped = 1_000_000;

    /// <summary>The target's row as it may be gone on with.</summary>
    public static TargetRow Restored(this TargetRow row, string by, string reason, DateTimeOffset now) =>
        (row with { Epoch = row.Epoch + EpochsSkipped, LastKnownCapacity = null, LastKnownAt = null, OwnCapacity = null, Unexplained = null }).Tell(
            now, JournalKind.Restore, by, $"restored from a backup by {by}: {reason}; what was done since is not known, and actions are numbered from {row.Epoch + EpochsSkipped + 1} on",
            new HandleFacts(true, reason, null), FactsJson.Default.HandleFacts);

    /// <summary>The fleet's row, with the kill switch set: one that was set after the backup must not be lost by it.</summary>
    public static FleetRow Restored(this FleetRow row, string by, string reason, DateTimeOffset now) =>
        row.SetKillSwitch(true, by, $"restored from a backup ({reason}); clear it when open actions and capacities look right", now);
}
