using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Costs;

public sealed class UsageDetailsTests : CostTest
{
    protected override BillingOptions Billing => base.Billing with { OffersQuery = false };

    [Fact]
    public async Task Where_no_query_is_offered_the_rows_of_usage_are_read()
    {
        await DaysAsync(4);

        var bill = Known(await ReadAsync());

        Assert.Equal((8, "USD", new DateOnly(2026, 1, 7)), (bill.Days.Count, bill.Currency, bill.Through!.Value));
        Assert.All(bill.Days, day => Assert.Equal(DayOfFleet, Math.Round(day.Amount, 4)));
        Assert.Equal((1, 3), (Count(RequestKind.CostQuery), Count(RequestKind.UsageDetails)));
    }

    [Fact]
    public async Task Nothing_is_204() => Assert.Empty(Known(await ReadAsync()).Days);

    [Fact]
    public async Task An_amount_as_text_makes_the_bill_missing()
    {
        Fault(
            new AnswerWith(200, Body: """{"value": [{"kind": "legacy", "properties": {"date": "2026-01-05T00:00:00Z", "cost": "1.5", "billingCurrency": "USD"} }]}"""),
            target: "usageDetails");

        Assert.Contains("not a number", Why(await ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_says_which_role_mends_it()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: "usageDetails");

        Assert.Contains("Cost Management Reader", Why(await ReadAsync()), StringComparison.Ordinal);
    }
}

public sealed class ModernUsageDetailsTests : CostTest
{
    protected override BillingOptions Billing => base.Billing with { OffersQuery = false, IsModern = true, Currency = "CHF" };

    [Fact]
    public async Task Rows_of_a_customer_agreement_have_other_names()
    {
        await DaysAsync(2);

        var bill = Known(await ReadAsync());

        Assert.Equal((4, "CHF"), (bill.Days.Count, bill.Currency));
        Assert.All(bill.Days, day => Assert.Equal(DayOfFleet * 0.85m, Math.Round(day.Amount, 4)));
    }
}

public sealed class GroupUsageDetailsTests : CostTest
{
    private static readonly TargetId Far = ScaleSetSpec.IdOf(Subscription, "other", "far");

    protected override BillingOptions Billing => base.Billing with { OffersQuery = false };

    [Fact]
    public async Task A_group_and_tags_are_sorted_out_here()
    {
        await DaysAsync(1);

        var tagged = Known(await ReadAsync(new SpendScope($"{Scope}/resourcegroups/shop", new Dictionary<string, IReadOnlyList<string>> { ["App"] = ["web"] })));
        var elsewhere = Known(await ReadAsync(Whole($"{Scope}/resourcegroups/other")));

        Assert.Equal(Id("web").Key, Assert.Single(tagged.Days).Resource);
        Assert.Equal(Far.Key, Assert.Single(elsewhere.Days).Resource);
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_no_empty_bill() => Assert.NotEmpty(Why(await ReadAsync(Whole($"{Scope}/resourcegroups/gone"))));

    protected override SandboxOptions Options() => base.Options() with { Estate = new EstateSpec([Spec("web"), Spec("api"), Spec("far") with { Id = Far }]) };
}
