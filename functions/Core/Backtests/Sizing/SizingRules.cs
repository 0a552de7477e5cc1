using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>The rules that are compared.</summary>
public static class SizingRules
{
    private const double AoeProcessor = 0.3;
    private const double AoeMemory = 0.5;
    private const double AoePercentile = 0.99;

    private static readonly DateTimeOffset Now = new(2026, 6, 22, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<SizingRule> All { get; } =
    [
        new("azure_optimization_engine", AzureOptimizationEngine),
        .. new[] { Headroom.Thrifty, Headroom.Balanced, Headroom.Strict }.Select(headroom => new SizingRule($"ours_{headroom.Text}", fleet => Ours(fleet, headroom))),
    ];

    /// <summary>
    /// microsoft/finops-toolkit, the recommendation for scale sets that are used too little: 99th percentiles over 7 days below 30 % of
    /// processors and 50 % of memory, then the cheapest size that holds both, with no headroom and as many instances. It takes the means
    /// of hours; here it gets minutes, which is kinder to it.
    /// </summary>
    public static SizingChoice? AzureOptimizationEngine(SizedFleet fleet)
    {
        var (size, instances) = (fleet.Now.Size, fleet.Now.Instances);
        var cores = Percentile(fleet.Seen) / instances;
        var memory = Percentile(Enumerable.Range(0, fleet.Seen.Count).Select(fleet.MemorySeen));
        if (cores >= AoeProcessor * size.Cores || memory >= AoeMemory * size.MemoryGiB)
        {
            return null;
        }

        var cheapest = SizedEstate.Sizes.Where(each => each.Cores >= cores && each.MemoryGiB >= memory).MinBy(each => SizedEstate.Prices[each.Name].PerHour.Amount);
        return cheapest is null || SizedEstate.Prices[cheapest.Name].PerHour.Amount >= fleet.Now.Price.PerHour.Amount ? null : new SizingChoice(cheapest, instances);
    }

    /// <summary>What <c>rightsize</c> recommends, by the code it recommends with.</summary>
    public static SizingChoice? Ours(SizedFleet fleet, Headroom headroom)
    {
        var terms = new EstimateTerms { Now = Now, Percentile = headroom.Percentile, LookBack = TimeSpan.FromDays(7) };
        UsageSample Sample(int minute, double amount) => new(Now.AddMinutes(minute - fleet.Seen.Count), amount, fleet.Now.Instances);
        UsageSample[] minutes = [.. fleet.Seen.Select((cores, minute) => Sample(minute, cores))];
        if (UsageEstimates.OfProcessors(minutes, terms) is not UsageEstimate.Known processors
            || UsageEstimates.OfMemory(Enumerable.Range(0, fleet.Seen.Count).Select(minute => Sample(minute, fleet.MemorySeen(minute))), terms) is not UsageEstimate.Known memory)
        {
            return null;
        }

        var planning = FleetPlanner.Plan(
            fleet.Now, new FleetDemand(processors, memory, minutes),
            new PlanningTerms { Headroom = headroom, Candidates = new SizeSelection(["Standard_*"], []) }, Facts(fleet), DateOnly.FromDateTime(Now.UtcDateTime));
        return planning is FleetPlanning.Change { Plan: { IsRaise: false } plan } ? new SizingChoice(plan.Then.Size, plan.Then.Instances) : null;
    }

    private static PlanningFacts Facts(SizedFleet fleet) => new()
    {
        Target = new ObservedTarget
        {
            Id = TargetId.Parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/fleet"),
            Region = "westeurope",
            Sku = fleet.Now.Size.Name,
            Capacity = fleet.Now.Instances,
            IsUpdating = false,
            Tags = new TargetTags.Known(new Dictionary<string, string>()),
            ReadAt = Now,
        },
        Needs = new SizeNeeds(),
        Offers = SizedEstate.Sizes,
        Prices = SizedEstate.Prices.ToDictionary(price => price.Key, price => (PriceReading)new PriceReading.Known(price.Value)),
        Quotas = new FactReading<IReadOnlyList<QuotaUsage>>.Known(
            [.. SizedEstate.Sizes.Select(size => size.Family).Distinct().Prepend(QuotaUsage.AllCores).Select(name => new QuotaUsage(name, 1_000, 1_000_000))], Now),
        Reservations = new FactReading<IReadOnlyList<Reservation>>.Known(
            fleet.IsCommitted ? [new Reservation("r", fleet.Now.Size.Name, "westeurope", fleet.Now.Instances, new DateOnly(2028, 1, 1))] : [], Now),
    };

    private static double Percentile(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Ceiling(AoePercentile * sorted.Length) - 1];
    }
}
