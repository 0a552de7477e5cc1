using ScaleFunctions.Adapters.Costs;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Costs;

/// <summary>Two fleets of four instances at 0.230 USD an hour, billed at once.</summary>
public abstract class CostTest : AzureTest
{
    protected const string Scope = $"/subscriptions/{Subscription}";
    protected const string Target = "CostManagement/query";
    protected const decimal DayOfFleet = 4 * 24 * 0.230m;

    protected static readonly SpendPeriod Week = new(new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 12));

    protected virtual BillingOptions Billing => BillingOptions.AtOnce with { PageSize = 3 };

    protected override SandboxOptions Options() => new()
    {
        Estate = new EstateSpec([Spec("web"), Spec("api")]) { Budgets = [new BudgetSpec(Scope, "month", 500)] },
        Throttle = ThrottleLimits.None,
        Billing = Billing,
    };

    protected static SpendScope Whole(string scope = Scope) => new(scope, new Dictionary<string, IReadOnlyList<string>>());

    protected async Task<BilledReading> ReadAsync(SpendScope? scope = null, SpendPeriod? period = null, bool amortized = false) =>
        await new BilledCosts(Connect()).ReadAsync(scope ?? Whole(), period ?? Week, amortized, Cancellation);

    protected static BilledReading.Known Known(BilledReading reading) => Assert.IsType<BilledReading.Known>(reading);

    protected static string Why(BilledReading reading) => Assert.IsType<BilledReading.Missing>(reading).Why;

    protected ValueTask DaysAsync(double days) => Sandbox.Clock.AdvanceToAsync(Sandbox.Clock.GetUtcNow() + TimeSpan.FromDays(days), Cancellation);
}
