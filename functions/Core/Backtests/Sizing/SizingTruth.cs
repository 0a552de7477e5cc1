using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>What becomes of a size and count in the week that nobody had seen.</summary>
public static class SizingTruth
{
    /// <summary>Ten minutes of a week.</summary>
    private const double ShortShare = 0.001;

    /// <summary>So much of the week the rest must carry the load when an instance is lost.</summary>
    private const double LossShare = 0.99;

    public static bool HasCores(SizedFleet fleet, SizingChoice choice) =>
        fleet.LaterAt(1 - ShortShare) <= (double)choice.Instances * choice.Size.Cores;

    public static bool HasMemory(SizedFleet fleet, SizingChoice choice) => fleet.MemoryLater(choice.Instances) <= choice.Size.MemoryGiB;

    public static bool SurvivesLoss(SizedFleet fleet, SizingChoice choice) =>
        fleet.LaterAt(LossShare) <= (double)(choice.Instances - 1) * choice.Size.Cores
        && fleet.MemoryLater(Math.Max(1, choice.Instances - 1)) <= choice.Size.MemoryGiB;

    /// <summary>What is saved in truth: nothing of what is paid in advance.</summary>
    public static decimal Saving(SizedFleet fleet, SizingChoice choice) => fleet.IsCommitted ? 0 : Cost(fleet) - choice.PerMonth;

    /// <summary>What a month costs now.</summary>
    public static decimal Cost(SizedFleet fleet) => fleet.Now.Price.PerHour.Amount * fleet.Now.Instances * PlanningTerms.HoursPerMonth;

    /// <summary>The most that could be saved by somebody who knows the week to come, and takes no risk that was not there before.</summary>
    public static decimal Possible(SizedFleet fleet)
    {
        var now = new SizingChoice(fleet.Now.Size, fleet.Now.Instances);
        var must = SurvivesLoss(fleet, now);
        var best = SizedEstate.Sizes.SelectMany(size => Enumerable.Range(1, 4 * fleet.Now.Instances).Select(count => new SizingChoice(size, count)))
            .Where(choice => choice.PerMonth < Cost(fleet)).OrderBy(choice => choice.PerMonth)
            .FirstOrDefault(choice => HasCores(fleet, choice) && HasMemory(fleet, choice) && (!must || SurvivesLoss(fleet, choice)));
        return best is null ? 0 : Saving(fleet, best);
    }
}
