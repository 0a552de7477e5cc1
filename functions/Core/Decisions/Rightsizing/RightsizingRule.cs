using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Judges the size and count of one resource by what it used.</summary>
public static class RightsizingRule
{
    public static RightsizingFinding Judge(RightsizingFacts facts)
    {
        var (verdict, demand, fit) = Verdict(facts);
        return new RightsizingFinding(facts.Target, verdict, facts.Now, facts.Policy) { Demand = demand, Fit = fit };
    }

    /// <summary>The sizes worth a price: those that may be recommended and that it could have, and its own.</summary>
    public static IEnumerable<SizeOffer> Candidates(ResourceRightsizingPolicy policy, SizeOffer now, SizeNeeds needs, IEnumerable<SizeOffer> offers) =>
        offers.Where(size => size.Name == now.Name || (policy.Candidates.Has(size, now) && SizeChecks.WhyNot(size, now, needs) is null));

    private static (RightsizingVerdict Verdict, FleetDemand? Demand, FitFigures? Fit) Verdict(RightsizingFacts facts)
    {
        var (target, policy) = (facts.Target, facts.Policy);
        if (target.Capacity == 0)
        {
            return Not(NotJudgedReason.Stopped, "it has no instance");
        }

        if (facts.Sizes is not FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known { Value: var sizes })
        {
            return Not(NotJudgedReason.Unreadable, $"the sizes of the region could not be read: {((FactReading<IReadOnlyDictionary<string, SizeOffer>>.Unknown)facts.Sizes).Why}");
        }

        if (sizes.Values.FirstOrDefault(size => size.Name.Equals(target.Sku, StringComparison.OrdinalIgnoreCase)) is not { } size)
        {
            return Not(NotJudgedReason.UnknownSize, $"Azure's list of sizes does not have {target.Sku}");
        }

        if (SizeChecks.IsBurstable(size))
        {
            return Not(NotJudgedReason.Burstable, $"{size.Name} is burstable, and its credits are not looked at");
        }

        if (facts.Size is not SizeReading.Read { Needs: var needs })
        {
            return Not(NotJudgedReason.UnknownNeeds, $"what another size must have is not known: {((SizeReading.Unreadable)facts.Size).Reason}");
        }

        if (facts.Prices.GetValueOrDefault(size.Name) is not PriceReading.Known { Price: var price })
        {
            return Not(NotJudgedReason.NotPriced, (facts.Prices.GetValueOrDefault(size.Name) as PriceReading.Missing)?.Why ?? "nobody knows what it costs");
        }

        return Measure(facts, size) switch
        {
            (RightsizingVerdict.NotJudged not, _, _) => (not, null, null),
            (_, { } demand, var mean) => Plan(facts, new FleetNow(size, target.Capacity, mean, price), demand, needs, sizes),
            _ => throw new InvalidOperationException("neither measured nor not"),
        };

        static (RightsizingVerdict, FleetDemand?, FitFigures?) Not(NotJudgedReason reason, string why) => (new RightsizingVerdict.NotJudged(reason, why), null, null);
    }

    private static (RightsizingVerdict Verdict, FleetDemand? Demand, FitFigures? Fit) Plan(
        RightsizingFacts facts, FleetNow now, FleetDemand demand, SizeNeeds needs, IReadOnlyDictionary<string, SizeOffer> sizes)
    {
        var terms = Terms(facts, now);
        var known = new PlanningFacts
        {
            Target = facts.Target,
            Needs = needs,
            Offers = [.. sizes.Values],
            Prices = facts.Prices,
            Quotas = facts.Quotas,
            Reservations = facts.Reservations,
        };
        return (Verdict(facts, FleetPlanner.Plan(now, demand, terms, known, Today(facts))), demand, FitFigures.Of(now, demand, terms, known));
    }

    private static RightsizingVerdict Verdict(RightsizingFacts facts, FleetPlanning planning) => planning switch
    {
        FleetPlanning.Change change when facts.Policy.Suppressions.FirstOrDefault(each => each.Holds(facts.Target.Id.Name, Today(facts))) is { } by =>
            new RightsizingVerdict.Suppressed(by, change.Plan),
        FleetPlanning.Change change => new RightsizingVerdict.Recommended(change.Plan, change.Refused),
        FleetPlanning.Keep keep => new RightsizingVerdict.Kept(keep.Why, keep.Refused),
        _ => throw new InvalidOperationException("a plan is neither a change nor none"),
    };

    private static PlanningTerms Terms(RightsizingFacts facts, FleetNow now)
    {
        var (target, policy) = (facts.Target, facts.Policy);
        var isSingle = target.Id.ResourceType.Equals("Microsoft.Compute/virtualMachines", StringComparison.OrdinalIgnoreCase);
        return new PlanningTerms
        {
            Headroom = policy.Headroom,
            Loss = isSingle ? LossToSurvive.Nothing : LossToSurvive.Of(policy.SurvivesLossOf, target.Zones),
            Least = Math.Max(1, Math.Max(facts.Horizontal?.Minimum ?? 1, target.Least?.Instances ?? 1)),
            Most = isSingle ? 1 : Math.Min(facts.Horizontal?.Maximum ?? HorizontalScalingPolicy.MostInstances, MostOf(target, now)),
            FollowsLoad = facts.FollowsLoad,
            Candidates = policy.Candidates,
            BootTime = policy.BootTime,
            LeastShare = policy.LeastShare,
            LeastPerMonth = policy.LeastPerMonth,
        };
    }

    private static int MostOf(ObservedTarget target, FleetNow now) =>
        target.Most?.Instances ?? (PlanSizes.All.ContainsKey(now.Size.Name) ? PlanSizes.MostOf(now.Size.Family) : HorizontalScalingPolicy.MostInstances);

    private static (RightsizingVerdict.NotJudged? Not, FleetDemand? Demand, double Mean) Measure(RightsizingFacts facts, SizeOffer size)
    {
        var terms = new EstimateTerms
        {
            Now = facts.Now,
            Percentile = facts.Policy.Headroom.Percentile,
            LowerPercentile = facts.Policy.LowerPercentile,
            UpperPercentile = facts.Policy.UpperPercentile,
            HalfLife = facts.Policy.HalfLife,
            LookBack = TimeSpan.FromDays(facts.Policy.LookBackDays),
        };
        if (Samples(UsageMetric.Processors, facts.Processors, facts.Target, size) is not { } minutes)
        {
            return (new RightsizingVerdict.NotJudged(NotJudgedReason.Unreadable, $"how busy its processors were could not be read: {Why(facts.Processors)}"), null, 0);
        }

        minutes = Since(minutes, facts.SizeSince);
        if (UsageEstimates.OfProcessors(minutes, terms) is not UsageEstimate.Known processors)
        {
            var unknown = (UsageEstimate.Unknown)UsageEstimates.OfProcessors(minutes, terms);
            return (new RightsizingVerdict.NotJudged(unknown.IsShort ? NotJudgedReason.ShortHistory : NotJudgedReason.NoProcessorMetric, unknown.Why), null, 0);
        }

        if (Samples(UsageMetric.Memory, facts.Memory, facts.Target, size) is not { } peaks)
        {
            return (new RightsizingVerdict.NotJudged(NotJudgedReason.NoMemoryMetric, $"no memory metric: {Why(facts.Memory)}"), null, 0);
        }

        return UsageEstimates.OfMemory(Since(peaks, facts.SizeSince), terms) switch
        {
            UsageEstimate.Known memory => (null, Moving(new FleetDemand(processors, memory, minutes)), minutes.Average(minute => minute.Instances)),
            UsageEstimate.Unknown { IsShort: true } unknown => (new RightsizingVerdict.NotJudged(NotJudgedReason.ShortHistory, $"of memory {unknown.Why}"), null, 0),
            _ => (new RightsizingVerdict.NotJudged(NotJudgedReason.NoMemoryMetric, "no memory metric: it has no values"), null, 0),
        };

        FleetDemand Moving(FleetDemand demand)
        {
            var (measured, not) = ChannelDemands.Of(facts.Channels, size, facts.SizeSince, terms);
            return demand with { Channels = measured, NotJudged = not };
        }
    }

    private static IReadOnlyList<UsageSample>? Samples(IReadOnlyList<UsageMetric> metrics, MetricSeries series, ObservedTarget target, SizeOffer size) =>
        series is MetricSeries.Received { Points: var points } && UsageMetric.Of(metrics, target.Id) is { } metric ? metric.Samples(points, size, target.Capacity) : null;

    private static IReadOnlyList<UsageSample> Since(IReadOnlyList<UsageSample> samples, DateTimeOffset? since) =>
        since is { } from ? [.. samples.Where(sample => sample.At >= from)] : samples;

    private static string Why(MetricSeries series) => series is MetricSeries.Failed failed ? failed.Reason : "its values came in a form that is not understood";

    private static DateOnly Today(RightsizingFacts facts) => DateOnly.FromDateTime(facts.Now.UtcDateTime);
}
