using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// Chooses size and count together: the cheapest that carries the demand with headroom, survives a loss, can be had, can be given back,
/// and is worth the disturbance. What is paid in advance costs nothing more, so giving it up saves nothing.
/// </summary>
public static class FleetPlanner
{
    private const double ShortHistory = 7;

    /// <summary>Shares of what is free do not divide evenly: what counts say fits to the last core is not too small.</summary>
    private const double Epsilon = 1e-9;

    /// <param name="now">What there is.</param>
    /// <param name="demand">What it was measured to need.</param>
    /// <param name="terms">What a plan has to fulfil.</param>
    /// <param name="facts">What Azure said.</param>
    /// <param name="today">The day commitments are looked at.</param>
    public static FleetPlanning Plan(FleetNow now, FleetDemand demand, PlanningTerms terms, PlanningFacts facts, DateOnly today)
    {
        var paid = Commitments(facts, today);
        var options = facts.Offers.Where(size => size.Name == now.Size.Name || terms.Candidates.Has(size, now.Size))
            .OrderBy(size => size.Name, StringComparer.Ordinal).Select(size => Option(size, now, demand, terms, facts)).ToList();
        var refused = options.OfType<FleetOption.Refused>().ToList();
        var cheapest = options.OfType<FleetOption.Possible>()
            .OrderBy(each => Monthly(each.Price, paid.Paid(each.Size, each.MeanInstances))).ThenBy(each => each.Size.Name != now.Size.Name)
            .ThenBy(each => Monthly(each.Price, each.MeanInstances)).ThenBy(each => each.Size.Name, StringComparer.Ordinal).ToList();
        var isTooSmall = IsTooSmall(now, demand, terms);
        if (WayBack.WhyNot(now, facts) is { } trapped)
        {
            return new FleetPlanning.Keep(trapped, refused);
        }

        if (cheapest.Count == 0)
        {
            return new FleetPlanning.Keep(isTooSmall ? "there is too little now, and no size that may be taken carries the load" : "no size that may be taken carries the load", refused);
        }

        string? first = null;
        foreach (var option in cheapest)
        {
            var plan = Planned(now, option, demand, terms, facts, paid, isTooSmall);
            if (WhyNot(plan, demand, terms) is not { } why)
            {
                return new FleetPlanning.Change(plan, refused);
            }

            first ??= why;
        }

        return new FleetPlanning.Keep(first!, refused);
    }

    /// <summary>Whether there is less than the lower bound asks for: then more is needed for sure.</summary>
    private static bool IsTooSmall(FleetNow now, FleetDemand demand, PlanningTerms terms) =>
        (!terms.FollowsLoad && now.Cores + Epsilon < terms.Headroom.Processors(demand.Processors.Lower)) || now.Size.MemoryGiB + Epsilon < terms.Headroom.MemoryOf(demand.Memory.Lower);

    private static FleetOption Option(SizeOffer size, FleetNow now, FleetDemand demand, PlanningTerms terms, PlanningFacts facts)
    {
        if (SizeChecks.WhyNot(size, now.Size, facts.Needs) is { } unfit)
        {
            return new FleetOption.Refused(size.Name, unfit);
        }

        var price = size.Name == now.Size.Name ? new PriceReading.Known(now.Price) : facts.PriceOf(size.Name);
        if (price is not PriceReading.Known { Price: var known } || known.PerHour.Currency != now.Price.PerHour.Currency)
        {
            return new FleetOption.Refused(size.Name, price is PriceReading.Missing missing ? $"no price: {missing.Why}" : "its price is in another currency");
        }

        if (FleetCounts.Of(size, now, demand, terms) is not ({ } count, _) counted)
        {
            return new FleetOption.Refused(size.Name, FleetCounts.Of(size, now, demand, terms).WhyNot);
        }

        return QuotaRoom.WhyNot(now, size, count, facts.Quotas) is { } full
            ? new FleetOption.Refused(size.Name, full)
            : new FleetOption.Possible(size, count, FleetCounts.MeanOf(size, count, now, demand, terms), known);
    }

    private static FleetPlan Planned(
        FleetNow now, FleetOption.Possible then, FleetDemand demand, PlanningTerms terms, PlanningFacts facts, CommittedCapacity paid, bool isTooSmall)
    {
        var mean = terms.FollowsLoad ? now.MeanInstances : now.Instances;
        var costNow = Monthly(now.Price, paid.Paid(now.Size, mean));
        var costThen = Monthly(then.Price, paid.Paid(then.Size, then.MeanInstances));
        var saving = costNow - costThen;
        var isCommitted = paid.Covered(now.Size) > 0;
        var risks = Risks(now, then, demand, facts).ToList();
        return new FleetPlan
        {
            Now = now,
            Then = then,
            CostNow = In(costNow),
            CostThen = In(costThen),
            SavingHigh = In(saving),
            SavingLow = In(Math.Min(saving, Math.Max(Math.Min(saving, 0), costNow - AtUpper(then, now, demand, terms, paid)))),
            SavingLater = isCommitted ? In(Monthly(now.Price, mean) - Monthly(then.Price, then.MeanInstances)) : null,
            CommittedUntil = isCommitted ? paid.EndsOn(now.Size) : null,
            Score = DisruptionScore.Of(now, then, Monthly(now.Price, mean), saving, demand.Confidence, terms),
            Risk = (RiskLevel)Math.Min(risks.Count, (int)RiskLevel.High),
            Risks = risks,
            AreCommitmentsKnown = facts.Reservations is FactReading<IReadOnlyList<Reservation>>.Known,
            IsRaise = isTooSmall && (then.Cores > now.Cores || then.Size.MemoryGiB > now.Size.MemoryGiB),
        };

        Money In(decimal amount) => now.Price.PerHour with { Amount = amount };
    }

    /// <summary>What the size costs if the need is at its upper bound; without a count that carries it, what there is now.</summary>
    private static decimal AtUpper(FleetOption.Possible then, FleetNow now, FleetDemand demand, PlanningTerms terms, CommittedCapacity paid)
    {
        var upper = demand.AtUpper();
        return double.IsFinite(upper.Processors.Typical + upper.Memory.Typical) && FleetCounts.Of(then.Size, now, upper, terms) is ({ } count, _)
            ? Monthly(then.Price, paid.Paid(then.Size, terms.FollowsLoad ? then.MeanInstances * count / then.Instances : count))
            : decimal.MaxValue / 2;
    }

    /// <summary>Why a plan is not recommended, for people; null when it is.</summary>
    private static string? WhyNot(FleetPlan plan, FleetDemand demand, PlanningTerms terms)
    {
        var (now, then) = (plan.Now, plan.Then);
        if (plan.IsRaise)
        {
            return null;
        }

        if (then.Size.Name == now.Size.Name && (terms.FollowsLoad || then.Instances == now.Instances))
        {
            return terms.FollowsLoad ? "the count follows the load, and no other size that may be taken carries it for less" : "it fits";
        }

        if (plan.SavingHigh.Amount <= 0 && plan.SavingLater is { Amount: > 0 } later)
        {
            return $"what there is is paid in advance{(plan.CommittedUntil is { } until ? $" until {until:yyyy-MM-dd}" : ", until when is not told")}: giving it up saves nothing before, {later.Amount:0.00} {later.Currency} a month after";
        }

        if (plan.SavingHigh.Amount <= 0)
        {
            return then.Instances > now.Instances && then.Size.Name == now.Size.Name ? Tight(terms) : "nothing that carries the load is cheaper";
        }

        return Sure(plan, demand, terms) is { } unsure ? unsure
            : plan.SavingHigh.Amount < (decimal)terms.LeastShare * plan.CostNow.Amount ? FormattableString.Invariant($"{then.Size.Name} × {then.Instances} would save less than {terms.LeastShare * 100:0.#} %")
            : plan.SavingHigh.Amount < terms.LeastPerMonth ? FormattableString.Invariant($"{then.Size.Name} × {then.Instances} would save less than {terms.LeastPerMonth:0.##} {plan.SavingHigh.Currency} a month")
            : !plan.Score.IsWorthIt ? FormattableString.Invariant($"{then.Size.Name} × {then.Instances} would save {plan.SavingHigh.Amount:0.00} {plan.SavingHigh.Currency} a month, not worth the disturbance (score {plan.Score.Value:0.00}, from {DisruptionScore.Least} on)")
            : null;
    }

    private static string Tight(PlanningTerms terms) =>
        $"it is within its bounds, though tighter than the headroom '{terms.Headroom.Text}' asks for";

    /// <summary>
    /// The hysteresis: what is made less must now be more than the upper bound of what is needed, headroom included, so that what was
    /// just decided is not decided again with the next day's numbers. Null when it is.
    /// </summary>
    private static string? Sure(FleetPlan plan, FleetDemand demand, PlanningTerms terms)
    {
        var (now, then) = (plan.Now, plan.Then);
        var cores = terms.Headroom.Processors(demand.Processors.Upper);
        if (!terms.FollowsLoad && then.Cores < now.Cores && now.Cores <= cores)
        {
            return FormattableString.Invariant($"{now.Cores:0.#} cores are not above the upper bound of what is needed, {cores:0.#}: too little history, or too near");
        }

        var memory = terms.Headroom.MemoryOf(demand.Memory.Upper);
        return then.Size.MemoryGiB * then.Instances < now.Size.MemoryGiB * now.Instances && now.Size.MemoryGiB <= memory
            ? FormattableString.Invariant($"{now.Size.MemoryGiB:0.#} GiB of memory an instance are not above the upper bound of what is needed, {memory:0.#}: too little history, or too near")
            : null;
    }

    private static IEnumerable<string> Risks(FleetNow now, FleetOption.Possible then, FleetDemand demand, PlanningFacts facts)
    {
        if (demand.Confidence < ShortHistory * 0.9)
        {
            yield return FormattableString.Invariant($"only {demand.Confidence:0.#} days of history");
        }

        if (demand.Processors.Highest > then.Cores)
        {
            yield return FormattableString.Invariant($"the highest minute took {demand.Processors.Highest:0.#} cores, and there would be {then.Cores:0.#}");
        }

        if (!then.Size.Family.Equals(now.Size.Family, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"another family ({then.Size.Family}): its cores may be slower";
        }

        if (then.Instances < now.Instances && demand.Memory.Burst * now.Instances / then.Instances > 0.9 * then.Size.MemoryGiB)
        {
            yield return "with fewer instances each may need nearly all of its memory";
        }

        if (facts.Reservations is FactReading<IReadOnlyList<Reservation>>.Unknown unknown)
        {
            yield return $"nobody knows what is paid in advance ({unknown.Why}): what is saves nothing until it ends";
        }
    }

    private static CommittedCapacity Commitments(PlanningFacts facts, DateOnly today) => new(
        facts.Reservations is FactReading<IReadOnlyList<Reservation>>.Known known ? known.Value : [], facts.Target, facts.Offers, today);

    private static decimal Monthly(Price price, double instances) => price.PerHour.Amount * (decimal)instances * PlanningTerms.HoursPerMonth;
}
