using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Tests.Builders;
using static ScaleFunctions.Core.Tests.Builders.SomeFleet;

namespace ScaleFunctions.Core.Tests.Decisions.Rightsizing;

/// <summary>Each number is checked by hand beside it.</summary>
public sealed class FleetPlannerTests
{
    private static readonly PlanningTerms Terms = new();

    /// <remarks>
    /// Needed: max(10 / 0.8, 11) = 12.5 cores on what is left when one is lost.
    /// <code>
    ///      instances             memory of one: 4/0.8 = 5 GiB × concentration        a month
    /// D2   ⌈12.5/2⌉ = 7, + 1 = 8    × max(10/8, 9/7) = 1.286 → 6.43 of 8     8 × 0.115 × 730 =   671.60
    /// D4   ⌈12.5/4⌉ = 4, + 1 = 5    × max(10/5, 9/4) = 2.25  → 11.25 of 16   5 × 0.23 × 730  =   839.50
    /// D8   ⌈12.5/8⌉ = 2, + 1 = 3    × max(10/3, 9/2) = 4.5   → 22.5 of 32    3 × 0.46 × 730  = 1,007.40
    /// now                                                                    10 × 0.23 × 730 = 1,679.00
    /// </code>
    /// At the upper bound, 12/0.8 = 15 cores and 5/0.8 = 6.25 GiB: D2 ⌈7.5⌉ + 1 = 9, 6.25 × max(10/9, 9/8) = 7.03 of 8; 9 × 0.115 × 730 = 755.55.
    /// </remarks>
    [Fact]
    public void The_cheapest_size_and_count_are_chosen_together()
    {
        var plan = Changed(FleetPlanner.Plan(Now(), Demand(), Terms, Facts(), Today));

        Assert.Equal(("Standard_D2s_v5", 8), (plan.Then.Size.Name, plan.Then.Instances));
        Assert.Equal((1679.00m, 671.60m), (plan.CostNow.Amount, plan.CostThen.Amount));
        Assert.Equal((923.45m, 1007.40m), (plan.SavingLow.Amount, plan.SavingHigh.Amount));
        Assert.Equal((RiskLevel.Low, false), (plan.Risk, plan.IsRaise));

        // Restarts 5/60 × (2.30 + 0.92) = 0.268, errors 0.05 × 8/7 × 1,679 = 95.943: 1,007.40 / 96.211.
        Assert.Equal(10.47, plan.Score.Value, 2);
    }

    /// <summary>Without a loss to survive one less of each: D2 needs 7, 4/0.8 × 10/7 = 7.14 of 8 GiB.</summary>
    [Fact]
    public void What_need_not_survive_a_loss_is_cheaper() =>
        Assert.Equal(("Standard_D2s_v5", 7), Chosen(FleetPlanner.Plan(Now(), Demand(), Terms with { Loss = LossToSurvive.Nothing }, Facts(), Today)));

    /// <summary>Of three zones a third may go: 7 left of 11 (4 gone), 7/11 ≥ … D2: Needed(7) = 11, D4: Needed(4) = 6.</summary>
    [Fact]
    public void What_survives_a_zone_needs_more() =>
        Assert.Equal(("Standard_D2s_v5", 11), Chosen(FleetPlanner.Plan(Now(), Demand(), Terms with { Loss = new LossToSurvive(3) }, Facts(), Today)));

    /// <summary>Bursts of 20 cores count whole, without headroom: more than 12.5. D2 ⌈20/2⌉ + 1 = 11.</summary>
    [Fact]
    public void Bursts_must_fit() =>
        Assert.Equal(("Standard_D2s_v5", 11), Chosen(FleetPlanner.Plan(Now(), Demand(Estimate(10, 5, 12, 20)), Terms, Facts(), Today)));

    /// <summary>7 GiB of an instance and 20 % free are 8.75: D2's 8 never do. D4: 8.75 × max(10/n, 9/(n−1)) ≤ 16 from n = 6 on (15.75).</summary>
    [Fact]
    public void Memory_may_decide_size_and_count()
    {
        var planning = FleetPlanner.Plan(Now(), Demand(memory: Estimate(7, 4, 8, 7)), Terms, Facts(), Today);

        Assert.Equal(("Standard_D4s_v5", 6), Chosen(planning));
        Assert.Contains(planning.Refused, each => each is { Size: "Standard_D2s_v5", Why: "an instance needs 8.8 GiB of memory, and it has 8" });
    }

    [Fact]
    public void What_fits_stays() =>
        Assert.Equal("it fits", Kept(FleetPlanner.Plan(Now(8, D2, 0.115), Demand(), Terms, Facts(), Today)));

    /// <summary>42 cores with 30 % free are 60, or 60.00000000000001 by the processor's arithmetic: 15 × 4 do, and nothing dearer is asked for.</summary>
    [Fact]
    public void What_fits_to_the_last_core_stays() => Assert.Equal("it fits", Kept(FleetPlanner.Plan(
        Now(15), Demand(Estimate(42, 42, 42, 42)), Terms with { Headroom = Headroom.Strict, Loss = LossToSurvive.Nothing }, Facts(), Today)));

    /// <summary>16 cores there are, 12 × 1.2 / 0.8 = 18 may be needed: below the upper bound nothing is taken away.</summary>
    [Fact]
    public void Within_the_bounds_nothing_is_made_smaller() =>
        Assert.StartsWith("16 cores are not above the upper bound of what is needed, 18", Kept(FleetPlanner.Plan(Now(4), Demand(Estimate(6, 3, 14.4, 6)), Terms, Facts(), Today)), StringComparison.Ordinal);

    /// <summary>Half of the time more than 17 cores, of 16 there are: 20/0.8 = 25 cores, D2 ⌈12.5⌉ + 1 = 14 at 0.115 are 1.61 an hour, D4 7 + 1 = 8 are 1.84.</summary>
    [Fact]
    public void What_is_too_small_is_raised_whatever_it_costs()
    {
        var plan = Changed(FleetPlanner.Plan(Now(4), Demand(Estimate(20, 17, 22, 20)), Terms, Facts(), Today));

        Assert.True(plan.IsRaise);
        Assert.Equal(("Standard_D2s_v5", 14), (plan.Then.Size.Name, plan.Then.Instances));
        Assert.Equal((0.92m - 1.61m) * 730, plan.SavingHigh.Amount);
    }

    /// <summary>Every one of the ten is paid until March: all of D4 is free until then, and nothing else is.</summary>
    [Fact]
    public void What_is_paid_in_advance_saves_nothing_until_it_ends()
    {
        var facts = Facts(reservations: [new Reservation("r", "Standard_D4s_v5", "westeurope", 10, new DateOnly(2027, 3, 1))]);

        Assert.Equal(
            "what there is is paid in advance until 2027-03-01: giving it up saves nothing before, 839.50 USD a month after",
            Kept(FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today)));
    }

    /// <summary>The five of which nobody tells the end may be paid for longer than the others.</summary>
    [Fact]
    public void Until_when_is_only_told_where_it_is_known_of_all()
    {
        var facts = Facts(reservations:
        [
            new Reservation("r", "Standard_D4s_v5", "westeurope", 5, new DateOnly(2027, 3, 1)), new Reservation("q", "Standard_D4s_v5", "westeurope", 5, null),
        ]);

        Assert.Equal(
            "what there is is paid in advance, until when is not told: giving it up saves nothing before, 839.50 USD a month after",
            Kept(FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today)));
    }

    [Fact]
    public void Where_the_count_follows_the_load_nobody_says_that_it_fits() =>
        Assert.Equal(
            "the count follows the load, and no other size that may be taken carries it for less",
            Kept(FleetPlanner.Plan(Now(2, D2, 0.115), Demand(), Terms with { FollowsLoad = true }, Facts(), Today)));

    /// <summary>4 reserved D4 are 16 cores of the family: now 4 of 10 are paid for (6 × 0.23 × 730 = 1,007.40); 5 D4 would cost one, 8 D2, 16 cores, nothing.</summary>
    [Fact]
    public void A_flexible_reservation_follows_to_another_size_of_its_family()
    {
        var facts = Facts(reservations: [new Reservation("r", "Standard_D4s_v5", "westeurope", 4, new DateOnly(2027, 3, 1)) { IsFlexible = true }]);

        var plan = Changed(FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today));

        Assert.Equal(("Standard_D2s_v5", 1007.40m, 0m), (plan.Then.Size.Name, plan.CostNow.Amount, plan.CostThen.Amount));
        Assert.Equal((1007.40m, new DateOnly(2027, 3, 1)), (plan.SavingLater!.Amount, plan.CommittedUntil!.Value));
    }

    [Theory]
    [InlineData("eastus", "", 2027)]
    [InlineData("westeurope", "/subscriptions/other", 2027)]
    [InlineData("westeurope", "", 2025)]
    public void A_reservation_for_others_or_of_the_past_pays_nothing(string region, string scope, int year)
    {
        var facts = Facts(reservations: [new Reservation("r", "Standard_D4s_v5", region, 10, new DateOnly(year, 3, 1)) { Scopes = scope.Length == 0 ? [] : [scope] }]);

        Assert.Equal(1679.00m, Changed(FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today)).CostNow.Amount);
    }

    /// <summary>Nobody sees the reservations: the saving stands, and the doubt with it.</summary>
    [Fact]
    public void What_may_be_paid_in_advance_is_a_risk()
    {
        var facts = Facts() with { Reservations = new FactReading<IReadOnlyList<Reservation>>.Unknown("403") };

        Assert.Contains("nobody knows what is paid in advance", Assert.Single(Changed(FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today)).Risks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_without_a_price_is_not_guessed()
    {
        var facts = Facts() with { Prices = new Dictionary<string, Core.Prices.PriceReading>() };

        var planning = FleetPlanner.Plan(Now(), Demand(), Terms, facts, Today);

        Assert.Equal(("Standard_D4s_v5", 5), Chosen(planning));
        Assert.Contains(planning.Refused, each => each is { Size: "Standard_D2s_v5", Why: "no price: nobody was asked" });
    }

    /// <summary>8 D2 in place of 8 D2.1 at 0.118: 17.52 of 689.12 a month are 2.5 %, above no share asked for, and 0.45 of what is at stake.</summary>
    [Fact]
    public void A_saving_must_be_worth_the_disturbance()
    {
        var now = Now(8, Size("Standard_D2_v5", 2, 9), 0.118);
        var facts = Facts([D2, now.Size]);

        Assert.Contains("not worth the disturbance (score 0.44, from 0.5 on)", Kept(FleetPlanner.Plan(now, Demand(Estimate(10, 5, 11, 11)), Terms with { LeastShare = 0 }, facts, Today)), StringComparison.Ordinal);
        Assert.Contains("would save less than 5 %", Kept(FleetPlanner.Plan(now, Demand(Estimate(10, 5, 11, 11)), Terms, facts, Today)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saving_below_the_least_amount_is_left() =>
        Assert.Contains("less than 2000 USD a month", Kept(FleetPlanner.Plan(Now(), Demand(), Terms with { LeastPerMonth = 2000 }, Facts(), Today)), StringComparison.Ordinal);

    /// <summary>
    /// Two of four minutes need 2 cores (2.5 with headroom), two need 10 (12.5). On D4 that is 1 and 4, each one more to survive: 2 and 5,
    /// on the average 3.5. On D2 2 and 7, so 3 and 8: 5.5. At 4 D4 on the average these would be 4 × 5.5/3.5 = 6.29 D2: 0.723 in place of 0.92 an hour.
    /// </summary>
    [Fact]
    public void Where_the_count_follows_the_load_only_the_size_is_chosen()
    {
        var demand = Demand() with { Minutes = [.. ((double[])[2, 2, 10, 10]).Select((cores, at) => new UsageSample(Some.At(at), cores, 4))] };

        var plan = Changed(FleetPlanner.Plan(Now(mean: 4), demand, Terms with { FollowsLoad = true }, Facts(), Today));

        Assert.Equal(("Standard_D2s_v5", 6.29, 671.6m), (plan.Then.Size.Name, Math.Round(plan.Then.MeanInstances, 2), plan.CostNow.Amount));
        Assert.Equal(527.69m, decimal.Round(plan.CostThen.Amount, 2));
    }

    [Fact]
    public void A_full_quota_leaves_a_size_out()
    {
        var e4 = Size("Standard_E4s_v5", 4, 32, "standardESv5Family");
        var full = new FactReading<IReadOnlyList<QuotaUsage>>.Known(
            [new QuotaUsage("cores", 40, 1000), new QuotaUsage(Family, 40, 1000), new QuotaUsage("standardESv5Family", 90, 100)], Some.Noon);
        var terms = Terms with { Candidates = new SizeSelection(["Standard_E*"], []) };

        var planning = FleetPlanner.Plan(Now(), Demand(), terms, Facts([D4, e4], quotas: full, prices: (e4.Name, 0.1)), Today);

        Assert.Contains(planning.Refused, each => each is { Size: "Standard_E4s_v5", Why: "the quota standardESv5Family has 90 of 100 cores in use, too many for 20 more" });
    }

    [Fact]
    public void Without_a_way_back_nothing_is_given_up()
    {
        Assert.Contains("no way back to Standard_D4s_v5", Kept(FleetPlanner.Plan(Now(), Demand(), Terms, Facts([D2, D4 with { WhyNot = "NotAvailableForSubscription" }]), Today)), StringComparison.Ordinal);
        Assert.Contains("overdrawn", Kept(FleetPlanner.Plan(Now(), Demand(), Terms, Facts(quotas: Quotas(120, 100)), Today)), StringComparison.Ordinal);
        Assert.Contains("could not be read", Kept(FleetPlanner.Plan(Now(), Demand(), Terms, Facts(quotas: new FactReading<IReadOnlyList<QuotaUsage>>.Unknown("403")), Today)), StringComparison.Ordinal);
        Assert.Contains("no way back is proven", Kept(FleetPlanner.Plan(Now(), Demand(), Terms, Facts() with { Quotas = null }, Today)), StringComparison.Ordinal);
    }

    /// <summary>What has no quota tells what it could be instead: a plan's own list.</summary>
    [Fact]
    public void A_plan_goes_where_its_own_list_lets_it()
    {
        var sizes = PlanSizes.All;
        var facts = Facts([.. sizes.Values], needs: new SizeNeeds { Offered = new HashSet<string>(["P2V3", "P1V3"], StringComparer.OrdinalIgnoreCase) }, prices: [("P1v3", 0.17), ("P0v3", 0.085)]) with { Quotas = null };

        var planning = FleetPlanner.Plan(Now(4, sizes["P2v3"], 0.34), Demand(Estimate(3, 1, 4, 3), Estimate(3, 2, 3, 3)), Terms, facts, Today);

        Assert.Equal(("P1v3", 3), Chosen(planning));
        Assert.Contains(planning.Refused, each => each is { Size: "P0v3", Why: "the resource's own list of sizes does not have it" });
    }

    private static FleetPlan Changed(FleetPlanning planning) => Assert.IsType<FleetPlanning.Change>(planning).Plan;

    private static (string, int) Chosen(FleetPlanning planning) => (Changed(planning).Then.Size.Name, Changed(planning).Then.Instances);

    private static string Kept(FleetPlanning planning) => Assert.IsType<FleetPlanning.Keep>(planning).Why;
}
