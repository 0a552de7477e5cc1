using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>How many instances of a size carry a demand.</summary>
internal static class FleetCounts
{
    private const double Epsilon = 1e-9;

    /// <summary>The fewest that do; null with why when no count within the bounds does.</summary>
    public static (int? Instances, string WhyNot) Of(SizeOffer size, FleetNow now, FleetDemand demand, PlanningTerms terms)
    {
        if (size.MemoryGiB is not { } memory)
        {
            return (null, "Azure does not tell how much memory it has");
        }

        for (var count = Math.Max(terms.Least, ForProcessors(size, demand.Processors, terms)); count <= terms.Most; count++)
        {
            var share = Concentration(size, count, now, terms);
            var hasMemory = terms.Headroom.MemoryOf(demand.Memory.Typical * share) <= memory + Epsilon && demand.Memory.Burst * share <= memory + Epsilon;
            var narrow = demand.Channels.FirstOrDefault(channel => !(channel.Needed(terms, share) <= channel.Channel.Limit(size) + Epsilon));
            if (hasMemory && narrow is null)
            {
                return (count, "");
            }

            if (share <= 1)
            {
                return (null, hasMemory ? Narrow(narrow!, size, terms, share) : FormattableString.Invariant($"an instance needs {Math.Max(terms.Headroom.MemoryOf(demand.Memory.Typical), demand.Memory.Burst):0.#} GiB of memory, and it has {memory:0.#}"));
            }
        }

        return (null, $"more than {terms.Most} instances would be needed");
    }

    private static string Narrow(ChannelDemand narrow, SizeOffer size, PlanningTerms terms, double share) => narrow.Channel.Limit(size) is { } limit
        ? FormattableString.Invariant($"{narrow.Channel.Name}: an instance needs {narrow.Needed(terms, share):0.#} {narrow.Channel.Unit}, and it allows {limit:0.#}")
        : $"{narrow.Channel.Name}: nobody knows what it allows";

    /// <summary>How many there would be on the average: with a fixed count that one, else as many as each minute needs, in proportion to what there was.</summary>
    public static double MeanOf(SizeOffer size, int count, FleetNow now, FleetDemand demand, PlanningTerms terms) => !terms.FollowsLoad ? count
        : Is(size, now.Size) ? now.MeanInstances
        : now.MeanInstances * Needed(size, demand.Minutes, terms) / Needed(now.Size, demand.Minutes, terms);

    /// <summary>With headroom at the percentile, and with none in bursts, on those that are left after the loss.</summary>
    private static int ForProcessors(SizeOffer size, UsageEstimate.Known processors, PlanningTerms terms) => Surviving(
        Math.Max(terms.Headroom.Processors(processors.Typical), processors.Burst) / size.Cores, terms);

    private static int Surviving(double instances, PlanningTerms terms) =>
        terms.Loss.Needed((int)Math.Min(terms.Most + 1, Math.Max(1, Math.Ceiling(instances - Epsilon))));

    /// <summary>
    /// How much more memory an instance may need than it did. Of memory nobody knows what an instance takes by itself and what its
    /// share of the load takes: with fewer instances all of it counts as load, with more none of it does, and a loss may not leave
    /// fewer than it would leave now.
    /// </summary>
    private static double Concentration(SizeOffer size, int count, FleetNow now, PlanningTerms terms) => terms.FollowsLoad
        ? Math.Max(1, (double)size.Cores / now.Size.Cores)
        : Math.Max(1, Math.Max((double)now.Instances / count, terms.Loss.Survivors(now.Instances) / (double)Math.Max(1, terms.Loss.Survivors(count))));

    private static double Needed(SizeOffer size, IReadOnlyList<UsageSample> minutes, PlanningTerms terms) => minutes.Count == 0
        ? 1.0 / size.Cores
        : minutes.Average(minute => (double)Math.Max(terms.Least, Surviving(terms.Headroom.Processors(minute.Amount) / size.Cores, terms)));

    private static bool Is(SizeOffer one, SizeOffer other) => one.Name == other.Name;
}
