using System.Collections.Concurrent;
using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// The invariants that are about what reaches Azure, judged by the write log of a model world over random histories:
/// loads, faults of metrics, store and Azure, crashes at any port call, foreign changes, people, one worker or two.
/// <para>
/// Within the model an unanswered write lands within 65 seconds and a write leaves at most 20 seconds after its last check.
/// A worker frozen for longer between that check and the socket is fenced by If-Match alone: its write may still land on a
/// resource nobody has touched, and is then told as drift.
/// </para>
/// </summary>
public sealed class WorldInvariantTests
{
    private const int Cases = 10_000;

    /// <summary>Each set of histories is played once, before all judges.</summary>
    private static readonly Lazy<Verdicts> OneWorker = new(() => Play(1)), TwoWorkers = new(() => Play(2));

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_1_every_write_is_within_the_bounds_named_in_its_intent(int workers) => Always(workers, Judge.KeepsBounds);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_4_no_write_without_a_fresh_read_of_the_same_attempt(int workers) =>
        Always(workers, Judge.WritesOnAFreshReadOnly);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_5_nothing_is_lowered_while_the_view_is_in_doubt(int workers) => Always(workers, Judge.LowersNothingInDoubt);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_11_one_action_is_in_flight_at_a_time(int workers) => Always(workers, Judge.HasOneActionInFlight);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_15_no_write_begins_after_the_kill_switch_was_set_or_could_not_be_read(int workers) =>
        Always(workers, Judge.ObeysTheKillSwitch);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_17_an_intent_is_written_down_before_each_write(int workers) => Always(workers, Judge.WritesDownFirst);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariants_18_and_22_each_intent_has_one_end_and_the_chain_is_whole(int workers) =>
        Always(workers, Judge.EndsEachActionOnce);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_19_what_the_journal_says_changed_nothing_changed_nothing(int workers) => Always(workers, Judge.TellsTheTruth);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_20_recovery_repeated_at_any_time_does_nothing_more(int workers) => Always(workers, Judge.RecoversOnce);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_21_an_expired_or_outdated_action_is_never_sent(int workers) => Always(workers, Judge.SendsNothingExpired);

    [Theory, InlineData(1), InlineData(2)]
    public void Invariant_24_a_write_lands_only_on_what_it_was_computed_from(int workers) => Always(workers, Judge.WritesOnWhatItRead);

    [Fact]
    public void Invariant_36_an_installation_that_observes_writes_nothing() => Story.Any(1).Sample(
        story => Town.Play(story with { Ticks = story.Ticks[..1] }, PolicyMode.Observe).Writes.Count == 0, iter: Cases);

    [Theory, InlineData(1), InlineData(2)]
    public void The_histories_are_about_something(int workers)
    {
        var verdicts = Histories(workers);

        Assert.True(verdicts.Landed > Cases / 4, $"{verdicts.Landed} effective writes");
        Assert.Superset(
            new HashSet<string> { "Done", "NotSent", "Rejected", "Stale", "NotLanded", "Failed", "Overtaken", "TimedOut" },
            verdicts.Ends.Keys.ToHashSet());
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
                    Interlocked.Add(ref noticed, Judge.All.All(holds => holds(town)) ? 0 : 1);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    Interlocked.Increment(ref noticed);
                }
            },
            iter: 200);

        Assert.NotEqual(0, noticed);
    }

    private static void Always(int workers, Func<Town, bool> holds)
    {
        if (!Histories(workers).Broken.TryGetValue(holds.Method.Name, out var story))
        {
            return;
        }

        // Again, to find the smallest history that shows it.
        Story.Any(workers).Sample(other => holds(Town.Play(other)), iter: Cases);
        Assert.Fail($"broken by {story}");
    }

    private static Verdicts Histories(int workers) => (workers == 1 ? OneWorker : TwoWorkers).Value;

    private static Verdicts Play(int workers)
    {
        var verdicts = new Verdicts();
        Story.Any(workers).Sample(story => verdicts.Add(story, Town.Play(story)), iter: Cases);
        return verdicts;
    }

    private sealed class Verdicts
    {
        private int _landed;

        public ConcurrentDictionary<string, Story> Broken { get; } = [];

        public ConcurrentDictionary<string, int> Ends { get; } = [];

        public int Landed => _landed;

        public void Add(Story story, Town town)
        {
            foreach (var holds in Judge.All.Where(holds => !holds(town)))
            {
                Broken.TryAdd(holds.Method.Name, story);
            }

            foreach (var (_, end) in town.Ends)
            {
                Ends.TryAdd(end, 0);
            }

            Interlocked.Add(ref _landed, town.Writes.Count(write => write.Landed is not null));
        }
    }
}
