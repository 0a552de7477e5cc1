using System.Collections.Concurrent;
using CsCheck;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// The invariants that are about what reaches Azure, judged by the write log of a model world over random histories:
/// loads, faults of metrics, store and Azure, crashes at any port call, foreign changes, people, one worker or two.
/// <para>
/// Within the model an unanswered write lands within 65 seconds and a write leaves at most 20 seconds after its last check.
/// A worker frozen for longer between that check and the socket is fenced by If-Match alone (see the last test).
/// </para>
/// </summary>
public sealed class WorldInvariantTests
{
    private const int Cases = 10_000;

    private static readonly Lazy<IReadOnlyCollection<Town>> OneWorker = Played(1), TwoWorkers = Played(2);

    [Fact]
    public void Invariant_1_every_write_is_within_the_bounds_named_in_its_intent() => Always(1, town => town.Writes.TrueForAll(write =>
    {
        var intent = write.Stored.Intent!;
        var policy = Town.Policies.Single(each => each.Version == intent.PolicyVersion).HorizontalScaling[0];
        var (from, goal) = (intent.Base.Capacity, write.Write.Goal);
        return (intent.Minimum, intent.Maximum) == (policy.Minimum, policy.Maximum)
            && (goal >= policy.Minimum || goal > from) && (goal <= policy.Maximum || goal < from);
    }));

    [Fact]
    public void Invariant_4_no_write_without_a_fresh_read_of_the_same_attempt() => Always(1, town => town.Writes.TrueForAll(write =>
        write.LastRead is CapacityReading.Read { IsUpdating: false } fresh
        && fresh.ETag == write.Write.IfMatch
        && fresh == write.Stored.Intent!.Base
        && write.At - fresh.At < TimeSpan.FromSeconds(30)));

    [Fact]
    public void Invariant_5_nothing_is_lowered_while_the_view_is_in_doubt() => Always(1, town => town.Writes.TrueForAll(write =>
        write.View is View.Clear or View.InventoryOld
        || write.Write.Goal > write.Stored.Intent!.Base.Capacity
        || (write.View == View.MetricsZero && write.Stored.History.LastBusyAt.Count == 0)));

    [Fact]
    public void Invariant_11_one_action_is_in_flight_at_a_time() => Always(2, town =>
        town.Writes.DistinctBy(write => write.Stored.Epoch).Count() == town.Writes.Count
        && town.Store.Commits.Zip(town.Store.Commits.Skip(1)).All(pair =>
            pair.Second.Intent is null
            || pair.Second.Intent.Epoch == pair.First.Intent?.Epoch
            || (pair.First.Intent is null && pair.Second.Epoch == pair.First.Epoch + 1)));

    [Fact]
    public void Invariant_15_no_write_begins_after_the_kill_switch_was_set_or_could_not_be_read() => Always(1, IsStoppedByTheSwitch);

    [Fact]
    public void Invariant_15_holds_for_two_workers() => Always(2, IsStoppedByTheSwitch);

    [Fact]
    public void Invariant_17_an_intent_is_written_down_before_each_write() => Always(1, IsWrittenDownFirst);

    [Fact]
    public void Invariant_17_holds_for_two_workers() => Always(2, IsWrittenDownFirst);

    [Fact]
    public void Invariants_18_and_22_each_intent_has_one_end_and_the_chain_is_whole() => Always(1, HasOneEndEach);

    [Fact]
    public void Invariants_18_and_22_hold_for_two_workers() => Always(2, HasOneEndEach);

    [Fact]
    public void Invariant_19_what_the_journal_says_changed_nothing_changed_nothing() => Always(2, town =>
    {
        var idle = town.Chain.Where(entry => entry.Kind == JournalKind.IntentEnded
                && entry.Facts.GetProperty("end").GetString() is "NotSent" or "Rejected" or "Stale" or "NotLanded")
            .Select(entry => entry.Facts.GetProperty("epoch").GetInt64())
            .ToHashSet();
        return town.Writes.TrueForAll(write => write.Landed is null || !idle.Contains(write.Stored.Epoch));
    });

    [Fact]
    public void Invariant_20_recovery_repeated_at_any_time_does_nothing_more() => Always(1, town => !town.RecoveryDidMore);

    [Fact]
    public void Invariant_21_an_expired_or_outdated_action_is_never_sent() => Always(2, town => town.Writes.TrueForAll(write =>
        write.At < write.Stored.Intent!.ExpiresAt && write.Stored.Intent.Epoch == write.Stored.Epoch));

    [Fact]
    public void Invariant_24_each_write_carries_the_version_it_was_computed_from() => Always(2, town => town.Writes.TrueForAll(write =>
        write.Landed is not { } landed || landed.From == write.Stored.Intent!.Base.Capacity));

    [Fact]
    public void Invariant_36_an_installation_that_observes_writes_nothing() =>
        Story.Any(1).Sample(story => Town.Play(story, PolicyMode.Observe).Writes.Count == 0, iter: Cases);

    [Fact]
    public void The_histories_are_about_something()
    {
        var towns = TwoWorkers.Value;
        var ends = towns.SelectMany(town => town.Chain).Where(entry => entry.Kind == JournalKind.IntentEnded)
            .Select(entry => entry.Facts.GetProperty("end").GetString()!).ToHashSet();

        Assert.True(towns.Sum(town => town.Writes.Count(write => write.Landed is not null)) > Cases / 4);
        Assert.Superset(
            new HashSet<string> { "Done", "NotSent", "Rejected", "Stale", "NotLanded", "Failed", "Overtaken", "TimedOut" }, ends);
    }

    [Fact]
    public void The_judge_notices_a_store_that_forgets_its_conditions()
    {
        var noticed = 0;
        Story.Any(2).Sample(
            story =>
            {
                try
                {
                    var town = Town.Play(story, isCareless: true);
                    Interlocked.Add(ref noticed, IsWrittenDownFirst(town) && HasOneEndEach(town) ? 0 : 1);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    Interlocked.Increment(ref noticed);
                }
            },
            iter: 500);

        Assert.NotEqual(0, noticed);
    }

    private static bool IsStoppedByTheSwitch(Town town) =>
        town.Writes.TrueForAll(write => write is { CallBefore: "read fleet", SawKillSwitch: false });

    private static bool IsWrittenDownFirst(Town town) => town.Writes.TrueForAll(write =>
        write.Stored.Intent is { Phase: IntentPhase.Sent } intent
        && intent.Goal == write.Write.Goal
        && intent.Base.ETag == write.Write.IfMatch
        && intent is { Actor.Length: > 0, Cause.Length: > 0, PolicyVersion.Length: > 0, InputsHash.Length: > 0 }
        && write.IsInJournal);

    private static bool HasOneEndEach(Town town) =>
        town.Row.Intent is null
        && JournalChain.FirstFault(town.Chain, town.Row.Journal) is null
        && town.Chain.Where(entry => entry.Kind == JournalKind.IntentEnded)
            .Select(entry => entry.Facts.GetProperty("epoch").GetInt64())
            .Order()
            .SequenceEqual(Enumerable.Range(1, (int)town.Row.Epoch).Select(epoch => (long)epoch));

    /// <summary>The histories are played once and kept by what the judges need: each test asks all of them.</summary>
    private static void Always(int workers, Func<Town, bool> holds)
    {
        if ((workers == 1 ? OneWorker : TwoWorkers).Value.All(holds))
        {
            return;
        }

        // Again, for the smallest history that shows it.
        Story.Any(workers).Sample(story => holds(Town.Play(story)), iter: Cases);
        Assert.Fail("a history broke the invariant; it did not come again in as many");
    }

    private static Lazy<IReadOnlyCollection<Town>> Played(int workers) => new(() =>
    {
        var towns = new ConcurrentBag<Town>();
        Story.Any(workers).Sample(story => towns.Add(Town.Play(story)), iter: Cases);
        return towns;
    });
}
