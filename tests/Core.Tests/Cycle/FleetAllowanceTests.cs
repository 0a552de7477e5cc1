using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Of 2 an hour that are left, what bigger sizes take in the tick that approves them.</summary>
public sealed class FleetAllowanceTests
{
    private static readonly GuardrailsPolicy Guardrails = new()
    {
        Name = "p",
        Fleet = new FleetCaps(null, 10m),
        Prices = new PriceList("EUR", default, [KeyValuePair.Create(SomeSizes.Small, 0.1m), KeyValuePair.Create(SomeSizes.Middle, 0.2m), KeyValuePair.Create(SomeSizes.Big, 0.4m)]),
        Source = Some.Source,
    };

    /// <summary>Four instances at 0.4 in place of 0.2 cost 0.8 more.</summary>
    [Fact]
    public void A_bigger_size_takes_what_it_costs_more() => Assert.Equal<(decimal?, int?)>((1.2m, 7), After(SomeSizes.Up));

    [Fact]
    public void A_smaller_one_gives_nothing_back() => Assert.Equal<(decimal?, int?)>((2m, 7), After(SomeSizes.Down));

    [Fact]
    public void Guardrails_of_others_lose_nothing() => Assert.Equal<(decimal?, int?)>((2m, 7), After(SomeSizes.Up, Guardrails with { Name = "q" }));

    private static (decimal? Spend, int? Instances) After(SizeChange change, GuardrailsPolicy? bounding = null)
    {
        var allowance = new FleetAllowance([new FleetRoom("p", 7, 2m)]);
        var plan = new SizePlan(Some.Id(), change, 4, Some.At(2), SizeDecision(change), RollOutTerms.Default, 0);
        allowance.Take(plan, Some.Target() with { Sku = change.From.Name }, new TargetPolicies.Resolved(Some.Policies().Workloads[0], Some.Horizontal(), Some.LoadBased()) { Guardrails = [bounding ?? Guardrails] });
        var left = Assert.Single(allowance.Left);
        return (left.Spend, left.Instances);
    }

    private static SizeDecision SizeDecision(SizeChange change) => SizeDecisions.Decide(
        SomeSizes.Context(SomeSizes.Use(50), SomeSizes.Use(50), change.From.Name));
}
