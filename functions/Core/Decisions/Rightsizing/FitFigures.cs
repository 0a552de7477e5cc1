using System.Globalization;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What is needed against what there is, and what forbids the next smaller of it: the figures of a size that stays, and of one that goes.</summary>
/// <example>
/// <code>
/// 5 × D4 (4 cores, 16 GiB, 0.23 an hour), P95 10 cores, bursts 11, a fifth free, one may be lost
/// needed      max(10 / 0.8, 11)            = 12.5 cores
/// there       5 × 4 = 20, after a loss 4 × 4 = 16 cores
/// 4 × D4      after a loss 3 × 4           = 12, less than 12.5
/// D2 (0.15)   ⌈12.5 / 2⌉ + 1 = 8, cost 8 × 0.15 × 730 = 876.00, and 5 × 0.23 × 730 = 839.50 are paid now
/// </code>
/// </example>
public sealed record FitFigures
{
    private const double Epsilon = 1e-9;

    /// <summary>Cores of all instances, and what is left of them after the loss that has to be survived.</summary>
    public required double Cores { get; init; }

    public required double CoresAfterLoss { get; init; }

    /// <summary>Cores that must be left: the percentile with headroom, or bursts without.</summary>
    public required double CoresNeeded { get; init; }

    /// <summary>GiB of an instance; absent where Azure does not tell.</summary>
    public required double? Memory { get; init; }

    /// <summary>GiB an instance must have: the percentile with headroom, or the most without.</summary>
    public required double MemoryNeeded { get; init; }

    /// <summary>What forbids the next smaller size, for people.</summary>
    public required string NextSize { get; init; }

    /// <summary>What forbids one instance fewer, for people; absent where the count follows the load, or there is but one.</summary>
    public required string? FewerInstances { get; init; }

    public static FitFigures Of(FleetNow now, FleetDemand demand, PlanningTerms terms, PlanningFacts facts)
    {
        var needed = Math.Max(terms.Headroom.Processors(demand.Processors.Typical), demand.Processors.Burst);
        var memory = Math.Max(terms.Headroom.MemoryOf(demand.Memory.Typical), demand.Memory.Burst);
        return new FitFigures
        {
            Cores = now.Cores,
            CoresAfterLoss = (double)terms.Loss.Survivors(now.Instances) * now.Size.Cores,
            CoresNeeded = needed,
            Memory = now.Size.MemoryGiB,
            MemoryNeeded = memory,
            NextSize = Next(now, demand, terms, facts, needed),
            FewerInstances = terms.FollowsLoad || now.Instances < 2 ? null : Fewer(now, terms, needed, memory),
        };
    }

    private static string Next(FleetNow now, FleetDemand demand, PlanningTerms terms, PlanningFacts facts, double needed)
    {
        var smaller = facts.Offers
            .Where(size => size.Name != now.Size.Name && terms.Candidates.Has(size, now.Size) && IsSmaller(size, now.Size) && !SizeChecks.IsBurstable(size))
            .OrderByDescending(size => size.Cores).ThenByDescending(size => size.MemoryGiB).ThenBy(size => size.Name, StringComparer.Ordinal).FirstOrDefault();
        return smaller is null ? "no smaller size may be taken"
            : SizeChecks.WhyNot(smaller, now.Size, facts.Needs) is { } unfit ? $"{smaller.Name}: {unfit}"
            : facts.PriceOf(smaller.Name) is not PriceReading.Known { Price: var price } ? $"{smaller.Name}: nobody knows what it costs"
            : FleetCounts.Of(smaller, now, demand, terms) is not ({ } count, _) counted ? $"{smaller.Name}: {FleetCounts.Of(smaller, now, demand, terms).WhyNot}"
            : Costs(now, smaller, price, count, terms, needed);
    }

    private static string Costs(FleetNow now, SizeOffer size, Price price, int count, PlanningTerms terms, double needed)
    {
        var (then, paid) = (Monthly(price, count), Monthly(now.Price, now.Instances));
        var loss = terms.Loss == LossToSurvive.Nothing ? "" : " after a loss";
        return Text($"{size.Name}: {count} would be needed for {needed:0.##} cores{loss}, which cost {then:0.00} {price.PerHour.Currency} a month; {now.Instances} × {now.Size.Name} cost {paid:0.00}");
    }

    private static string Fewer(FleetNow now, PlanningTerms terms, double needed, double memory)
    {
        var count = now.Instances - 1;
        var cores = (double)terms.Loss.Survivors(count) * now.Size.Cores;
        var share = Math.Max((double)now.Instances / count, (double)terms.Loss.Survivors(now.Instances) / Math.Max(1, terms.Loss.Survivors(count)));
        return count < terms.Least ? Text($"{count} × {now.Size.Name}: the least is {terms.Least}")
            : cores + Epsilon < needed ? Text($"{count} × {now.Size.Name}: {cores:0.##} cores would be left{(terms.Loss == LossToSurvive.Nothing ? "" : " after a loss")}, and {needed:0.##} are needed")
            : now.Size.MemoryGiB is { } has && memory * share > has + Epsilon ? Text($"{count} × {now.Size.Name}: an instance would need up to {memory * share:0.##} GiB, and it has {has:0.##}")
            : Text($"{count} × {now.Size.Name} would carry it");
    }

    private static bool IsSmaller(SizeOffer size, SizeOffer now) =>
        size.Cores <= now.Cores && (size.MemoryGiB ?? 0) <= (now.MemoryGiB ?? 0) && (size.Cores < now.Cores || size.MemoryGiB < now.MemoryGiB);

    private static decimal Monthly(Price price, int instances) => price.PerHour.Amount * instances * PlanningTerms.HoursPerMonth;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
