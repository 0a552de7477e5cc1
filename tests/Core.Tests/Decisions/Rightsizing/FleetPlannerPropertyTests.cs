using CsCheck;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

/// <summary>What holds for every fleet, demand and price.</summary>
public sealed class FleetPlannerPropertyTests
{
    private static readonly Gen<UsageEstimate.Known> Processors = Gen.Select(Gen.Double[0.1, 60], Gen.Double[0.2, 1], Gen.Double[1, 2], Gen.Double[0.5, 2], Gen.Double[0.5, 30])
        .Select((typical, lower, upper, burst, confidence) => Estimate(typical, typical * lower, typical * upper, typical * burst, typical * burst * 1.2, confidence));

    private static readonly Gen<UsageEstimate.Known> Memory = Gen.Select(Gen.Double[0.2, 20], Gen.Double[0.2, 1], Gen.Double[1, 2], Gen.Double[0.8, 1.5])
        .Select((typical, lower, upper, burst) => Estimate(typical, typical * lower, typical * upper, typical * burst));

    private static readonly Gen<PlanningTerms> AllTerms = Gen.Select(
        Gen.Int[0, 2].Select(at => new[] { Headroom.Thrifty, Headroom.Balanced, Headroom.Strict }[at]), Gen.Int[0, 2].Select(at => new[] { LossToSurvive.Nothing, LossToSurvive.Instance, new LossToSurvive(3) }[at]),
        Gen.Int[1, 4], Gen.Bool).Select((headroom, loss, least, follows) => new PlanningTerms { Headroom = headroom, Loss = loss, Least = least, Most = 40, FollowsLoad = follows });

    private static readonly SizeOffer[] Sizes = [D2, D4, D8];

    private static readonly Gen<World> Worlds = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 30], Processors, Memory, AllTerms, Gen.Int[200, 2000].Select(price => price / 10_000m).Array[3], Gen.Int[0, 20], Gen.Bool)
        .Select((size, count, processors, memory, terms, prices, reserved, isFlexible) => new World(size, count, new FleetDemand(
            processors, memory, [.. Enumerable.Range(0, 8).Select(at => new UsageSample(Some.At(at), processors.Typical * (at + 1) / 8, count))]), terms, prices, reserved, isFlexible));

    [Fact]
    public void No_plan_has_less_than_was_measured_and_the_headroom() => Worlds.Sample(world =>
    {
        if (world.Plan() is not FleetPlanning.Change { Plan: { } plan })
        {
            return true;
        }

        var left = world.Terms.Loss.Survivors(plan.Then.Instances) * (double)plan.Then.Size.Cores;
        return left >= (world.Demand.Processors.Typical / (1 - world.Terms.Headroom.Processor)) - 1e-6
            && left >= world.Demand.Processors.Burst - 1e-6
            && plan.Then.Size.MemoryGiB >= (world.Demand.Memory.Typical / (1 - world.Terms.Headroom.Memory)) - 1e-6
            && plan.Then.Size.MemoryGiB >= world.Demand.Memory.Burst - 1e-6
            && (world.Terms.FollowsLoad || plan.Then.Size.MemoryGiB * plan.Then.Instances >= (world.Demand.Memory.Typical * world.Count) - 1e-6)
            && plan.Then.Instances >= world.Terms.Least;
    }, iter: 5000);

    [Fact]
    public void No_plan_is_without_a_way_back() => Gen.Select(Worlds, Gen.Int[0, 3]).Sample((world, closed) => world.Plan(facts => closed switch
    {
        0 => facts with { Quotas = Quotas(500, 499) },
        1 => facts with { Quotas = new FactReading<IReadOnlyList<QuotaUsage>>.Unknown("nobody knows") },
        2 => facts with { Offers = [.. Sizes.Select(size => size.Name == world.Size.Name ? size with { WhyNot = "NotAvailableForSubscription" } : size)] },
        _ => facts with { Needs = facts.Needs with { Offered = Sizes.Select(size => size.Name).Where(name => name != world.Size.Name).ToHashSet() } },
    }) is FleetPlanning.Keep, iter: 2000);

    [Fact]
    public void A_dearer_size_never_makes_it_cheaper() => Gen.Select(Worlds, Gen.Int[0, 2], Gen.Int[100, 300].Select(percent => percent / 100m)).Sample((world, which, factor) =>
    {
        if (which == world.Which)
        {
            return true;
        }

        var dearer = world with { PricePerCore = [.. world.PricePerCore.Select((price, at) => at == which ? price * factor : price)] };
        return Paid(dearer) >= Paid(world) - 1e-6m;
    }, iter: 5000);

    [Fact]
    public void Another_currency_decides_alike() => Gen.Select(Worlds, Gen.Int[1, 10_000].Select(percent => percent / 100m)).Sample((world, factor) =>
    {
        var other = world with { PricePerCore = [.. world.PricePerCore.Select(price => price * factor)] };
        return (world.Plan(), other.Plan()) switch
        {
            (FleetPlanning.Change one, FleetPlanning.Change two) =>
                one.Plan.Then.Size.Name == two.Plan.Then.Size.Name && one.Plan.Then.Instances == two.Plan.Then.Instances
                && Math.Abs(one.Plan.Score.Value - two.Plan.Score.Value) <= 1e-6 * Math.Abs(one.Plan.Score.Value),
            (FleetPlanning.Keep, FleetPlanning.Keep) => true,
            _ => false,
        };
    }, iter: 3000);

    [Fact]
    public void The_score_is_the_same_for_ten_times_as_many() => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Double[0.5, 30]).Sample((before, after, confidence) =>
    {
        double Score(int times)
        {
            var now = Now(before * times);
            var then = new FleetOption.Possible(D2, after * times, after * times, Price(0.115));
            var cost = 0.23m * before * times;
            return DisruptionScore.Of(now, then, cost, cost - (0.115m * after * times), confidence, new PlanningTerms()).Value;
        }

        return Math.Abs(Score(1) - Score(10)) <= 1e-9 * Math.Max(1, Math.Abs(Score(1)));
    });

    [Fact]
    public void The_least_saving_is_never_above_the_most() => Worlds.Sample(world =>
        world.Plan() is not FleetPlanning.Change { Plan: { } plan } || plan.SavingLow.Amount <= plan.SavingHigh.Amount, iter: 3000);

    /// <summary>What was just decided is not decided again: the size and count of a plan are kept with the same numbers.</summary>
    [Fact]
    public void A_plan_that_was_carried_out_is_kept() => Worlds.Sample(world =>
    {
        if (world.Plan() is not FleetPlanning.Change { Plan: { } plan } || world.Terms.FollowsLoad)
        {
            return true;
        }

        var after = world with { Which = Array.FindIndex(Sizes, size => size.Name == plan.Then.Size.Name), Count = plan.Then.Instances };
        var share = (double)world.Count / plan.Then.Instances;
        var carried = after with { Demand = world.Demand with { Memory = Times(world.Demand.Memory, Math.Min(1, share)) } };
        return carried.Plan() is FleetPlanning.Keep || !(((FleetPlanning.Change)carried.Plan()).Plan.CostThen.Amount > plan.CostThen.Amount);
    }, iter: 2000);

    private static UsageEstimate.Known Times(UsageEstimate.Known one, double factor) =>
        Estimate(one.Typical * factor, one.Lower * factor, one.Upper * factor, one.Burst * factor, one.Highest * factor, one.Confidence);

    private static decimal Paid(World world) => world.Plan() is FleetPlanning.Change { Plan: { } plan } ? plan.CostThen.Amount : world.CostNow;

    private sealed record World(int Which, int Count, FleetDemand Demand, PlanningTerms Terms, decimal[] PricePerCore, int Reserved, bool IsFlexible)
    {
        public SizeOffer Size => Sizes[Which];

        public decimal CostNow => new CommittedCapacity(Reservations, Some.Target(), Sizes, Today) is var paid
            ? PricePerCore[Which] * Size.Cores * (decimal)paid.Paid(Size, Count) * PlanningTerms.HoursPerMonth : 0;

        private Price PriceOf(int which) => new(new Money(PricePerCore[which] * Sizes[which].Cores, "USD"), PriceBasis.Retail, Today, "");

        private Reservation[] Reservations => [new("r", "Standard_D4s_v5", "westeurope", Reserved, new DateOnly(2027, 1, 1)) { IsFlexible = IsFlexible }];

        public FleetPlanning Plan(Func<PlanningFacts, PlanningFacts>? change = null)
        {
            var facts = Facts(Sizes, Reservations) with
            {
                Prices = Sizes.Select((size, at) => (size.Name, Price: PriceOf(at))).ToDictionary(each => each.Name, each => (PriceReading)new PriceReading.Known(each.Price)),
            };
            return FleetPlanner.Plan(new FleetNow(Size, Count, Count, PriceOf(Which)), Demand, Terms, change?.Invoke(facts) ?? facts, Today);
        }
    }
}
