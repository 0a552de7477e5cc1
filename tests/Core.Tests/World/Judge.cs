using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>What has to hold of every history, read from the write log, the store and the journal.</summary>
internal static class Judge
{
    public static IReadOnlyList<Func<Town, bool>> All { get; } =
    [
        KeepsBounds, WritesOnAFreshReadOnly, LowersNothingInDoubt, HasOneActionInFlight, ObeysTheKillSwitch, WritesDownFirst,
        EndsEachActionOnce, TellsTheTruth, RecoversOnce, SendsNothingExpired, WritesOnWhatItRead,
    ];

    public static bool KeepsBounds(Town town) => town.Writes.TrueForAll(write =>
    {
        var intent = write.Stored.Intent!;
        var policy = Town.Policies.Single(each => each.Version == intent.PolicyVersion).HorizontalScaling[0];
        var (from, goal) = (intent.Base.Capacity, write.Write.Goal);
        return (intent.Minimum, intent.Maximum) == (policy.Minimum, policy.Maximum)
            && (goal >= policy.Minimum || goal > from) && (goal <= policy.Maximum || goal < from);
    });

    public static bool WritesOnAFreshReadOnly(Town town) => town.Writes.TrueForAll(write =>
        write.LastRead is CapacityReading.Read { IsUpdating: false } fresh
        && fresh.ETag == write.Write.IfMatch
        && fresh == write.Stored.Intent!.Base
        && write.At - fresh.At < TimeSpan.FromSeconds(30));

    /// <summary>A zero is no doubt where there never was load.</summary>
    public static bool LowersNothingInDoubt(Town town) => town.Writes.TrueForAll(write =>
        write.View is View.Clear or View.InventoryOld
        || write.Write.Goal > write.Stored.Intent!.Base.Capacity
        || (write.View == View.MetricsZero && write.Stored.History.LastBusyAt.Count == 0));

    public static bool HasOneActionInFlight(Town town) =>
        town.Writes.DistinctBy(write => write.Stored.Epoch).Count() == town.Writes.Count
        && town.Store.Commits.Zip(town.Store.Commits.Skip(1)).All(pair =>
            pair.Second.Intent is null
            || pair.Second.Intent.Epoch == pair.First.Intent?.Epoch
            || (pair.First.Intent is null && pair.Second.Epoch == pair.First.Epoch + 1));

    /// <summary>The last call before a write is the read that said the switch is not set: one on the wire may finish.</summary>
    public static bool ObeysTheKillSwitch(Town town) =>
        town.Writes.TrueForAll(write => write is { CallBefore: "read fleet", SawKillSwitch: false });

    public static bool WritesDownFirst(Town town) => town.Writes.TrueForAll(write =>
        write.Stored.Intent is { Phase: IntentPhase.Sent } intent
        && intent.Goal == write.Write.Goal
        && intent.Base.ETag == write.Write.IfMatch
        && intent is { Actor.Length: > 0, Cause.Length: > 0, PolicyVersion.Length: > 0, InputsHash.Length: > 0 }
        && write.IsInJournal);

    /// <summary>Twenty quiet minutes after the last fault nothing is open, each action has one end, and the chain is whole.</summary>
    public static bool EndsEachActionOnce(Town town) =>
        town.Row.Intent is null
        && JournalChain.FirstFault(town.Chain, town.Row.Journal) is null
        && town.Ends.Select(end => end.Epoch).Order().SequenceEqual(Enumerable.Range(1, (int)town.Row.Epoch).Select(epoch => (long)epoch));

    public static bool TellsTheTruth(Town town)
    {
        var idle = town.Ends.Where(each => each.End is "NotSent" or "Rejected" or "Stale" or "NotLanded").Select(each => each.Epoch).ToHashSet();
        return town.Writes.TrueForAll(write => write.Landed is null || !idle.Contains(write.Stored.Epoch));
    }

    public static bool RecoversOnce(Town town) => !town.RecoveryDidMore;

    public static bool SendsNothingExpired(Town town) => town.Writes.TrueForAll(write =>
        write.At < write.Stored.Intent!.ExpiresAt && write.Stored.Intent.Epoch == write.Stored.Epoch);

    public static bool WritesOnWhatItRead(Town town) => town.Writes.TrueForAll(write =>
        write.Landed is not { } landed || landed.From == write.Stored.Intent!.Base.Capacity);
}
