using System.Collections.Concurrent;
using CsCheck;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Invariants;

/// <summary>The ledger and the caps do not care what is scaled: the same histories with machines and declared kinds among scale sets.</summary>
public sealed class MixedEstateInvariantTests
{
    private const int Cases = 400;

    private static readonly Lazy<(ConcurrentDictionary<string, string> Broken, ConcurrentBag<(string Type, bool IsLowering)> Writes)> Histories = new(Play);

    private static readonly Func<Estate, bool>[] Judges =
    [
        EstateInvariantTests.KeepsCaps, EstateInvariantTests.LowersNothingWhereMuchIsInDoubt, EstateInvariantTests.LowersOnlyOnAWholeLedger,
        EstateInvariantTests.HasOneActionInFlight, EstateInvariantTests.ActsOnceATick, EstateInvariantTests.IsSerial, EndsOnWhatIsSold, KeepsTheFleetsCap,
    ];

    [Theory]
    [InlineData(nameof(EstateInvariantTests.KeepsCaps)), InlineData(nameof(EstateInvariantTests.LowersNothingWhereMuchIsInDoubt))]
    [InlineData(nameof(EstateInvariantTests.LowersOnlyOnAWholeLedger)), InlineData(nameof(EstateInvariantTests.HasOneActionInFlight))]
    [InlineData(nameof(EstateInvariantTests.ActsOnceATick)), InlineData(nameof(EstateInvariantTests.IsSerial))]
    [InlineData(nameof(EndsOnWhatIsSold)), InlineData(nameof(KeepsTheFleetsCap))]
    public void What_holds_of_scale_sets_holds_of_every_kind(string what) =>
        Assert.False(Histories.Value.Broken.TryGetValue(what, out var story), $"broken by {story}");

    /// <summary>Each in many of the histories: what hardly any of them does would say nothing of what holds.</summary>
    [Fact]
    public void The_histories_raise_and_lower_every_kind()
    {
        var done = Histories.Value.Writes.CountBy(write => write).ToDictionary();

        Assert.Equal(Moves.Order(), done.Keys.Order());
        Assert.True(done.Values.Min() >= Least, $"of {Cases} histories {string.Join(", ", done.OrderBy(each => each.Value).Select(each => $"{each.Value} {(each.Key.IsLowering ? "lower" : "raise")} {each.Key.Type}"))}");
    }

    /// <summary>A fraction of what is seen, so that no seed falls below it.</summary>
    private const int Least = 10;

    /// <summary>Kinds, and whether they are lowered; a machine is only stopped, for its office closes.</summary>
    private static readonly (string, bool)[] Moves =
        [(MixedEstate.Machine, true), (MixedEstate.Database, false), (MixedEstate.Database, true), (Some.ScaleSet, false), (Some.ScaleSet, true)];

    /// <summary>A machine runs or does not, a database has one of its steps.</summary>
    private static bool EndsOnWhatIsSold(Estate estate) => estate.Writes.TrueForAll(write => write.Target.ResourceType switch
    {
        MixedEstate.Machine => write.Goal is 0 or 1,
        MixedEstate.Database => MixedEstate.Steps.Contains(write.Goal),
        _ => true,
    });

    private static bool KeepsTheFleetsCap(Estate estate)
    {
        var total = estate.Sets.Values.Sum(set => set.CapacityAtFirst);
        var cap = MixedEstate.Cap(estate);
        return estate.Writes.Where(write => write.IsEffective).OrderBy(write => write.Attempt.Landed!.Value.At)
            .All(write => (total += write.Goal - write.Attempt.Landed!.Value.From) <= cap || write.IsLowering);
    }

    private static (ConcurrentDictionary<string, string>, ConcurrentBag<(string, bool)>) Play()
    {
        var (broken, writes) = (new ConcurrentDictionary<string, string>(), new ConcurrentBag<(string, bool)>());
        EstateStory.Mixed.Sample(
            story =>
            {
                var played = story.PlayAsync();
                Assert.True(played.IsCompleted, "a worker still waits");
                var estate = played.GetAwaiter().GetResult();
                foreach (var judge in Judges.Where(judge => !judge(estate)))
                {
                    // The shortest of those that show it.
                    broken.AddOrUpdate(judge.Method.Name, $"{story}", (_, known) => $"{story}".Length < known.Length ? $"{story}" : known);
                }

                foreach (var write in estate.Writes.Where(write => write.IsEffective).Select(write => (write.Target.ResourceType, write.IsLowering)).Distinct())
                {
                    writes.Add(write);
                }
            },
            iter: Cases);
        return (broken, writes);
    }
}
