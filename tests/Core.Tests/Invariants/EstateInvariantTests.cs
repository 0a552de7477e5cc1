using System.Collections.Concurrent;
using CsCheck;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// The invariants that are about many targets at once, judged by the model Azure's write log over random histories: mass drops
/// of load, outages of metrics, messages that come twice, late, never or to two workers at once, faults of store and queue.
/// </summary>
public sealed class EstateInvariantTests
{
    private const int Cases = 2_000;

    private static readonly Lazy<Verdicts> Histories = new(Play);

    [Fact]
    public void Invariant_12_no_part_of_the_fleet_is_lowered_beyond_its_cap_in_a_tick() => Always(KeepsCaps);

    [Fact]
    public void Invariant_16_nothing_is_lowered_in_a_part_of_which_the_last_tick_was_in_doubt() => Always(LowersNothingWhereMuchIsInDoubt);

    [Fact]
    public void Nothing_is_lowered_after_a_tick_of_which_a_batch_did_not_report() => Always(LowersOnlyOnAWholeLedger);

    [Fact]
    public void Invariant_11_one_action_is_in_flight_on_a_target_at_a_time() => Always(HasOneActionInFlight);

    [Fact]
    public void Invariant_26_a_message_delivered_any_number_of_times_has_one_effect() => Always(ActsOnceATick);

    [Fact]
    public void Invariant_23_each_write_lands_on_what_it_was_computed_from_and_the_journal_is_whole() => Always(IsSerial);

    [Fact]
    public void The_histories_are_about_something()
    {
        var seen = Histories.Value;

        Assert.True(seen.Lowerings > Cases / 5 && seen.Raises > Cases / 5, $"{seen.Lowerings} lowerings, {seen.Raises} raises");
        Assert.Superset(
            new HashSet<string> { "waits for its turn", "a person has to approve", "are in doubt", "batches of the last tick reported" },
            seen.Refusals.Keys.ToHashSet());
    }

    internal static bool KeepsCaps(Estate estate) => Lowerings(estate).GroupBy(write => write.Tick).All(tick =>
        tick.SelectMany(write => Parts(estate, write.Target).Select(part => (Part: part, write.Target))).Distinct().GroupBy(each => each.Part)
            .All(part => part.Count() <= Math.Max(1, Size(estate, part.Key) / 10)));

    internal static bool LowersNothingWhereMuchIsInDoubt(Estate estate) => Lowerings(estate).All(write =>
        !write.IsInDoubt
        && (!estate.Doubts.TryGetValue(estate.Before[write.Tick].Last, out var doubts)
            || Parts(estate, write.Target).All(part =>
                10 * doubts.Count(id => Parts(estate, id).Contains(part)) <= 3 * Size(estate, part))));

    internal static bool LowersOnlyOnAWholeLedger(Estate estate) =>
        Lowerings(estate).All(write => estate.Before[write.Tick].IsWhole);

    internal static bool HasOneActionInFlight(Estate estate) =>
        estate.Writes.DistinctBy(write => (write.Target, write.Attempt.Stored.Epoch)).Count() == estate.Writes.Count
        && estate.Store.Commits.GroupBy(row => row.Target).All(rows => rows.Zip(rows.Skip(1)).All(pair =>
            pair.Second.Intent is null
            || pair.Second.Intent.Epoch == pair.First.Intent?.Epoch
            || (pair.First.Intent is null && pair.Second.Epoch == pair.First.Epoch + 1)));

    internal static bool ActsOnceATick(Estate estate) =>
        estate.Writes.Where(write => write.IsEffective).GroupBy(write => (write.Tick, write.Target)).All(writes => writes.Count() == 1);

    internal static bool IsSerial(Estate estate) =>
        estate.Writes.TrueForAll(write => write.Attempt.Landed is not { } landed || landed.From == write.From)
        && estate.Sets.Keys.All(id => JournalChain.FirstFault(estate.Store.Chain(id)) is null
            && estate.Store.Chain(id).All(entry => entry.Kind != JournalKind.Drift));

    private static IEnumerable<EstateWrite> Lowerings(Estate estate) => estate.Writes.Where(write => write.IsLowering);

    /// <summary>The fleet, the subscription, the region in it.</summary>
    private static string[] Parts(Estate estate, TargetId target)
    {
        var subscription = target.Subscription.ToLowerInvariant();
        return ["", subscription, $"{subscription}/{estate.Sets[target].List().Targets[0].Region}"];
    }

    private static int Size(Estate estate, string part) => estate.Sets.Keys.Count(id => Parts(estate, id).Contains(part));

    private static void Always(Func<Estate, bool> holds) =>
        Assert.False(Histories.Value.Broken.TryGetValue(holds.Method.Name, out var story), $"broken by {story}");

    private static Verdicts Play()
    {
        Func<Estate, bool>[] judges =
            [KeepsCaps, LowersNothingWhereMuchIsInDoubt, LowersOnlyOnAWholeLedger, HasOneActionInFlight, ActsOnceATick, IsSerial];
        var verdicts = new Verdicts();
        EstateStory.Any.Sample(
            story =>
            {
                var played = story.PlayAsync();
                Assert.True(played.IsCompleted, "a worker still waits");
                verdicts.Add(story, played.GetAwaiter().GetResult(), judges);
            },
            iter: Cases);
        return verdicts;
    }

    private sealed class Verdicts
    {
        private int _lowerings;
        private int _raises;

        public ConcurrentDictionary<string, EstateStory> Broken { get; } = [];

        public ConcurrentDictionary<string, bool> Refusals { get; } = [];

        public int Lowerings => _lowerings;

        public int Raises => _raises;

        public void Add(EstateStory story, Estate estate, Func<Estate, bool>[] judges)
        {
            foreach (var judge in judges.Where(judge => !judge(estate)))
            {
                // The shortest of those that show it.
                Broken.AddOrUpdate(
                    judge.Method.Name, story, (_, known) => story.ToString().Length < known.ToString().Length ? story : known);
            }

            foreach (var span in estate.Store.Commits.SelectMany(row => row.Spans))
            {
                foreach (var refusal in (string[])["waits for its turn", "a person has to approve", "are in doubt", "batches of the last tick reported"])
                {
                    if (span.Reason.Contains(refusal, StringComparison.Ordinal))
                    {
                        Refusals[refusal] = true;
                    }
                }
            }

            Interlocked.Add(ref _lowerings, estate.Writes.Count(write => write.IsLowering && write.IsEffective));
            Interlocked.Add(ref _raises, estate.Writes.Count(write => !write.IsLowering && write.IsEffective));
        }
    }
}
