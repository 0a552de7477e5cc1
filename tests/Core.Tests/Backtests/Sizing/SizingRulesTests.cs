using ScaleFunctions.Core.Backtests.Sizing;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Backtests.Sizing;

public sealed class SizingRulesTests
{
    /// <summary>
    /// 6 D8 (48 cores), 6 of them used: 1 of 8 of an instance, 12.5 % &lt; 30 %; 6 of 32 GiB, 19 % &lt; 50 %. The cheapest that holds 1 core
    /// and 6 GiB is D2, and there stay 6 of them. At 30 % of processors or 50 % of memory it says nothing.
    /// </summary>
    [Theory]
    [InlineData(6, 6, "Standard_D2s_v5")]
    [InlineData(6, 9, "Standard_E2s_v5")]
    [InlineData(14, 6, "Standard_D4s_v5")]
    [InlineData(15, 6, null)]
    [InlineData(6, 17, null)]
    public void The_optimization_engine_takes_what_just_holds(double cores, double memory, string? size)
    {
        var choice = SizingRules.AzureOptimizationEngine(Fleet(cores, cores, memory));

        Assert.Equal(size, choice?.Size.Name);
        Assert.True(choice is null or { Instances: 6 });
    }

    /// <summary>A week later 13 cores are used: 6 D2 have 12.</summary>
    [Fact]
    public void What_just_holds_holds_no_growth()
    {
        var fleet = Fleet(11, 13, 6);
        var (theirs, ours) = (SizingRules.AzureOptimizationEngine(fleet)!, SizingRules.Ours(fleet, Headroom.Balanced)!);

        Assert.Equal(("Standard_D2s_v5", 6), (theirs.Size.Name, theirs.Instances));
        Assert.False(SizingTruth.HasCores(fleet, theirs));
        Assert.True(SizingTruth.HasCores(fleet, ours) && SizingTruth.HasMemory(fleet, ours) && SizingTruth.SurvivesLoss(fleet, ours));
    }

    [Fact]
    public void The_same_seed_is_the_same_estate()
    {
        var (one, two) = (SizedEstate.Generate(7, 20), SizedEstate.Generate(7, 20));

        Assert.Equal(one.Select(fleet => (fleet.Name, fleet.Now, fleet.Seen[5000], fleet.Later[77])), two.Select(fleet => (fleet.Name, fleet.Now, fleet.Seen[5000], fleet.Later[77])));
        Assert.NotEqual(one[3].Seen[5000], SizedEstate.Generate(8, 20)[3].Seen[5000]);
    }

    /// <summary>No recommendation saves more than somebody who knows the future, nor anything of what is paid in advance.</summary>
    [Fact]
    public void Ours_finds_more_and_is_safer_on_every_seed()
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var estate = SizedEstate.Generate(seed, 60);
            var possible = estate.Sum(SizingTruth.Possible);
            var scores = SizingRules.All.Select(rule => SizingScore.Of(rule, estate, possible)).ToDictionary(score => score.Rule);
            var (theirs, ours) = (scores["azure_optimization_engine"], scores["ours_balanced"]);

            Assert.True(ours.Unsafe < theirs.Unsafe, $"{ours.Unsafe} of ours, {theirs.Unsafe} of theirs");
            Assert.True(ours.Found > theirs.Found, $"{ours.Found} of ours, {theirs.Found} of theirs");
            Assert.All(scores.Values, score => Assert.InRange(score.Found, decimal.MinValue, possible));
            Assert.Equal(0, ours.PaidAnyway);
        }
    }

    private static SizedFleet Fleet(double cores, double later, double memory) => new()
    {
        Name = "fleet",
        Now = new FleetNow(SizedEstate.Sizes.First(size => size.Name == "Standard_D8s_v5"), 6, 6, SizedEstate.Prices["Standard_D8s_v5"]),
        Seen = [.. Enumerable.Repeat(cores, SizedEstate.MinutesPerWeek)],
        Later = [.. Enumerable.Repeat(later, SizedEstate.MinutesPerWeek)],
        MemoryAtRest = memory,
        MemoryPerCore = 0,
        MemoryGrowth = 0,
        IsCommitted = false,
    };
}
