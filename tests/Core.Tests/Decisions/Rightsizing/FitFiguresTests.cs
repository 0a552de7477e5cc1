using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Scaling;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

/// <summary>10 cores at the percentile, 11 in bursts, 4 GiB an instance and at most 4.5; a fifth stays free, one instance may be lost.</summary>
public sealed class FitFiguresTests
{
    /// <summary>max(10 / 0.8, 11) = 12.5 cores; 5 × 4 = 20, 4 × 4 = 16 after a loss. max(4 / 0.8, 4.5) = 5 GiB of 16.</summary>
    [Fact]
    public void They_are_what_is_needed_with_headroom_against_what_is_left_after_a_loss()
    {
        var fit = Of(Now(5));

        Assert.Equal((20, 16, 12.5), (fit.Cores, fit.CoresAfterLoss, fit.CoresNeeded));
        Assert.Equal((16.0, 5.0), (fit.Memory!.Value, fit.MemoryNeeded));
    }

    /// <summary>3 × 4 = 12 are less than 12.5. 12.5 / 2 = 6.25, so 7, and one more: 8 × 0.15 × 730 = 876 against 5 × 0.23 × 730 = 839.5.</summary>
    [Fact]
    public void The_next_smaller_size_may_cost_more_and_one_instance_fewer_be_too_few()
    {
        var fit = FitFigures.Of(Now(5), Demand(), new PlanningTerms(), Facts(prices: [("Standard_D2s_v5", 0.15)]));

        Assert.Equal("Standard_D2s_v5: 8 would be needed for 12.5 cores after a loss, which cost 876.00 USD a month; 5 × Standard_D4s_v5 cost 839.50", fit.NextSize);
        Assert.Equal("4 × Standard_D4s_v5: 12 cores would be left after a loss, and 12.5 are needed", fit.FewerInstances);
    }

    /// <summary>7 / 0.8 = 8.75 of the 8 GiB of a D2; 8.75 × 10 / 9 and × 9 / 8 are 9.84 at most, which a D4 has.</summary>
    [Fact]
    public void The_memory_of_the_smaller_size_may_forbid_it()
    {
        var fit = FitFigures.Of(Now(10), Demand(memory: Estimate(7, 6, 8, 7.5)), new PlanningTerms(), Facts());

        Assert.Equal("Standard_D2s_v5: an instance needs 8.8 GiB of memory, and it has 8", fit.NextSize);
        Assert.Equal("9 × Standard_D4s_v5 would carry it", fit.FewerInstances);
    }

    /// <summary>20 / 0.8 = 25 GiB; with four in place of five 5 / 4 of it, with three that are left in place of four 4 / 3 of it: 33.33.</summary>
    [Fact]
    public void The_memory_of_fewer_instances_may_forbid_them()
    {
        var fit = FitFigures.Of(Now(5, D8, 0.46), Demand(memory: Estimate(20, 15, 22, 21)), new PlanningTerms(), Facts());

        Assert.Equal("4 × Standard_D8s_v5: an instance would need up to 33.33 GiB, and it has 32", fit.FewerInstances);
    }

    [Fact]
    public void The_smallest_says_so_and_the_least_count_is_the_policys()
    {
        var fit = FitFigures.Of(Now(8, D2, 0.115), Demand(), new PlanningTerms { Least = 8 }, Facts());

        Assert.Equal(("no smaller size may be taken", "7 × Standard_D2s_v5: the least is 8"), (fit.NextSize, fit.FewerInstances));
    }

    [Fact]
    public void What_follows_the_load_and_what_is_single_has_no_count_to_tell()
    {
        Assert.Null(FitFigures.Of(Now(5), Demand(), new PlanningTerms { FollowsLoad = true }, Facts()).FewerInstances);
        Assert.Null(FitFigures.Of(Now(1), Demand(), new PlanningTerms { Loss = LossToSurvive.Nothing }, Facts()).FewerInstances);
    }

    private static FitFigures Of(FleetNow now) => FitFigures.Of(now, Demand(), new PlanningTerms(), Facts());
}
