using System.Collections.Concurrent;
using CsCheck;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>
/// What has to hold of an estate under a budget, whatever goes wrong: processes that end between any two calls, stores and queues that
/// fail or lose their answers, messages that come twice or never, two workers at a time.
/// </summary>
public sealed class BudgetInvariantTests
{
    private const int Cases = 300;

    private static readonly Lazy<(ConcurrentDictionary<string, string> Broken, ConcurrentBag<string> Acted, ConcurrentBag<int> Lowered)> Histories = new(Play);

    private static readonly Func<BudgetStory, Estate, bool>[] Judges = [StaysAboveItsMinimum, LeavesWhatIsCriticalAlone, RestoresAll, ActsOnce];

    [Theory]
    [InlineData(nameof(StaysAboveItsMinimum)), InlineData(nameof(LeavesWhatIsCriticalAlone)), InlineData(nameof(RestoresAll)), InlineData(nameof(ActsOnce))]
    public void Holds_of_every_history(string what) =>
        Assert.False(Histories.Value.Broken.TryGetValue(what, out var story), $"broken by {story}");

    /// <summary>Fractions of what is seen, so that no seed falls below them.</summary>
    [Fact]
    public void The_histories_climb_the_whole_ladder()
    {
        var seen = Histories.Value.Acted.CountBy(step => step).ToDictionary();

        Assert.Equal(["freezeScaleOut", "lowerMaximum", "stop"], seen.Keys.Order());
        Assert.True(seen.Values.Min() >= Cases / 10 && Histories.Value.Lowered.Count >= Cases / 10, $"{string.Join(", ", seen)}; {Histories.Value.Lowered.Count} lowered something, {Histories.Value.Lowered.Count(count => count == 0)} stopped");
        Assert.Contains(0, Histories.Value.Lowered);
    }

    /// <summary>Nothing goes below the minimum but what is stopped, and what there was is in the row before it is.</summary>
    private static bool StaysAboveItsMinimum(BudgetStory story, Estate estate) => estate.Writes.TrueForAll(write =>
        write.Goal >= BudgetStory.Minimum || write.Goal > write.From
        || (write.Attempt.Stored.Budget is { } stand && stand.Instances >= write.From && stand.RestoresSince is null));

    private static bool LeavesWhatIsCriticalAlone(BudgetStory story, Estate estate) => !story.IsCritical
        || (estate.Writes.Count == 0 && estate.Store.Commits.All(row => row.Budget is null && row.Spans.All(span => !span.Reason.Contains("budget", StringComparison.Ordinal))));

    private static bool RestoresAll(BudgetStory story, Estate estate) =>
        estate.Sets.All(set => set.Value.Capacity == set.Value.CapacityAtFirst && estate.Store.Row(set.Key) is { Budget: null, Intent: null });

    private static bool ActsOnce(BudgetStory story, Estate estate) =>
        EstateInvariantTests.HasOneActionInFlight(estate) && EstateInvariantTests.ActsOnceATick(estate) && EstateInvariantTests.IsSerial(estate);

    private static (ConcurrentDictionary<string, string>, ConcurrentBag<string>, ConcurrentBag<int>) Play()
    {
        var (broken, acted, lowered) = (new ConcurrentDictionary<string, string>(), new ConcurrentBag<string>(), new ConcurrentBag<int>());
        BudgetStory.Any.Sample(
            story =>
            {
                var played = story.PlayAsync();
                Assert.True(played.IsCompleted, "a worker still waits");
                var estate = played.GetAwaiter().GetResult();
                foreach (var judge in Judges.Where(judge => !judge(story, estate)))
                {
                    // The shortest of those that show it.
                    broken.AddOrUpdate(judge.Method.Name, $"{story}", (_, known) => $"{story}".Length < known.Length ? $"{story}" : known);
                }

                foreach (var step in story.Acted)
                {
                    acted.Add(step);
                }

                if (estate.Writes.Where(write => write is { IsLowering: true, IsEffective: true }).Select(write => (int?)write.Goal).Min() is { } least)
                {
                    lowered.Add(least);
                }
            },
            iter: Cases);
        return (broken, acted, lowered);
    }
}
