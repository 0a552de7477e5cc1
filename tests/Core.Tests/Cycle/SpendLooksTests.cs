using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Azure lists four cores at 0.23 USD an hour. The workload <c>shop</c> selects every scale set.</summary>
public sealed class SpendLooksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_has_the_declared_price_of_its_own_guardrails() =>
        Assert.Equal((0.10m, PriceBasis.Declared), await PriceAsync([Guardrails("others", 0.99m, "other"), Guardrails("shop", 0.10m, "shop")]));

    [Fact]
    public async Task What_others_pay_is_no_price_of_it() => Assert.Equal((0.23m, PriceBasis.Retail), await PriceAsync([Guardrails("others", 0.99m, "other")]));

    [Fact]
    public async Task Without_a_workload_those_hold_that_are_for_everything() => Assert.Equal(
        (0.20m, PriceBasis.Declared), await PriceAsync([Guardrails("shop", 0.10m, "shop"), Guardrails("platform", 0.20m)], policies => policies with { Workloads = [] }));

    private static GuardrailsPolicy Guardrails(string name, decimal perHour, params string[] workloads) => new()
    {
        Name = name,
        Workloads = workloads,
        Prices = new PriceList("USD", new DateOnly(2026, 3, 1), [KeyValuePair.Create("Standard_D4s_v5", perHour)]),
        Source = Some.Source,
    };

    private static async Task<(decimal PerHour, PriceBasis Basis)> PriceAsync(IReadOnlyList<GuardrailsPolicy> guardrails, Func<PolicySet, PolicySet>? with = null)
    {
        var policies = Some.Policies() with { Guardrails = guardrails };
        var looks = await new SpendLooks(new FixedPrices()).MakeAsync(
            new InventoryReading.Complete([Some.Target()]), with?.Invoke(policies) ?? policies, [], "USD", Some.Noon, Cancellation);
        var price = Assert.IsType<PriceReading.Known>(Assert.Single(Assert.Single(looks).Look.Resources).Value.Sighting.Price).Price;
        return (price.PerHour.Amount, price.Basis);
    }
}
