using ScaleFunctions.Adapters.Advisories;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Advisories;

public sealed class CostAdvisorTests : AzureTest
{
    private static readonly string Vm = $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/idle";

    protected override SandboxOptions Options() => new()
    {
        Throttle = ThrottleLimits.None,
        Estate = new EstateSpec([Spec("web")])
        {
            Advice =
            [
                Advice(Vm, "Cost", """, "extendedProperties": {"annualSavingsAmount": "1234.5", "savingsCurrency": "EUR", "targetSku": "Standard_D2s_v5"}"""),
                Advice($"/subscriptions/{Subscription}", "Cost", """, "extendedProperties": {"annualSavingsAmount": "99"}"""),
            ],
            Reservations =
            [
                """
                {"id": "/providers/Microsoft.Capacity/reservationOrders/o/reservations/1", "name": "o/1", "type": "Microsoft.Capacity/reservationOrders/reservations",
                 "location": "West Europe", "sku": {"name": "Standard_D4s_v5"},
                 "properties": {"provisioningState": "Succeeded", "displayName": "web fleet", "quantity": 6, "expiryDate": "2027-03-01",
                  "appliedScopes": ["/subscriptions/00000000-0000-4000-8000-000000000001"], "instanceFlexibility": "On"}}
                """,
                """{"sku": {"name": "Standard_D4s_v5"}, "properties": {"provisioningState": "Expired", "quantity": 3}}""",
            ],
            Reserved = [new("api fleet", "Standard_E4s_v5", "northeurope", 2, new DateOnly(2026, 1, 6)) { IsFlexible = false }],
        },
    };

    [Fact]
    public async Task Reads_what_Advisor_says_of_cost_with_amounts_that_have_a_currency()
    {
        var advice = Value(await new CostAdvisor(Connect()).ReadAdviceAsync(Subscription, Cancellation));

        Assert.Equal(
            new CostAdvice(Vm, "It idles", "Stop it", "High", new(2026, 1, 4, 12, 0, 0, TimeSpan.Zero)) { YearlySavings = new Money(1234.5m, "EUR"), TargetSku = "Standard_D2s_v5" },
            advice[0]);
        Assert.Equal(($"/subscriptions/{Subscription}", null), (advice[1].Resource, advice[1].YearlySavings));
    }

    [Fact]
    public async Task Reads_the_reservations_that_hold()
    {
        var reservation = Value(await new CostAdvisor(Connect()).ReadReservationsAsync(Cancellation))[0];

        Assert.Equal(new Reservation("web fleet", "Standard_D4s_v5", "westeurope", 6, new DateOnly(2027, 3, 1)), reservation with { Scopes = [], IsFlexible = false });
        Assert.True(reservation.IsFlexible);
        Assert.Equal([$"/subscriptions/{Subscription}"], reservation.Scopes);
    }

    [Fact]
    public async Task A_reservation_holds_through_its_last_day()
    {
        var before = Value(await new CostAdvisor(Connect()).ReadReservationsAsync(Cancellation));
        await Sandbox.Clock.SpendAsync(TimeSpan.FromDays(2), Cancellation);
        var after = Value(await new CostAdvisor(Connect()).ReadReservationsAsync(Cancellation));

        Assert.Equal(new Reservation("api fleet", "Standard_E4s_v5", "northeurope", 2, new DateOnly(2026, 1, 6)), before[1] with { Scopes = [] });
        Assert.Equal("web fleet", Assert.Single(after).Name);
    }

    [Fact]
    public async Task What_may_not_be_read_is_unknown_and_not_none()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"));
        var advisor = new CostAdvisor(Connect());

        Assert.Contains("AuthorizationFailed", Assert.IsType<FactReading<IReadOnlyList<CostAdvice>>.Unknown>(await advisor.ReadAdviceAsync(Subscription, Cancellation)).Why, StringComparison.Ordinal);
        Assert.IsType<FactReading<IReadOnlyList<Reservation>>.Unknown>(await advisor.ReadReservationsAsync(Cancellation));
    }

    private static string Advice(string resource, string category, string more) => $$"""
        {"id": "{{resource}}/providers/Microsoft.Advisor/recommendations/1", "name": "1", "type": "Microsoft.Advisor/recommendations",
         "properties": {"category": "{{category}}", "impact": "High", "impactedField": "Microsoft.Compute/virtualMachines", "impactedValue": "idle",
          "lastUpdated": "2026-01-04T12:00:00Z", "shortDescription": {"problem": "It idles", "solution": "Stop it"},
          "resourceMetadata": {"resourceId": "{{resource}}"}{{more}} } }
        """;

    private static T Value<T>(FactReading<T> reading)
        where T : class => Assert.IsType<FactReading<T>.Known>(reading).Value;
}
