using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using static ScaleFunctions.Sandbox.Tests.Billing.BillingHost;

namespace ScaleFunctions.Sandbox.Tests.Billing;

public sealed class BillTests
{
    private static readonly BillingOptions Exact = new() { Correction = 0 };

    [Fact]
    public async Task Bills_instance_hours_by_the_price_list()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);
        await host.AdvanceAsync(TimeSpan.FromHours(12));
        host.Server.Estate.SetCapacity(SandboxHost.Web, 2);
        await host.AdvanceAsync(TimeSpan.FromHours(36));

        var days = Days(await QueryAsync(host));

        // 5 × 12 h + 2 × 12 h = 84 instance-hours at 0.230; then 2 × 24 h = 48.
        Assert.Equal(new Dictionary<int, decimal> { [5] = 19.32m, [6] = 11.04m }, days);
    }

    [Fact]
    public async Task Usage_appears_after_eight_hours_and_within_a_day()
    {
        await using var host = await StartAsync(Exact);

        await host.AdvanceAsync(TimeSpan.FromHours(8.9));
        Assert.Empty(Rows(await QueryAsync(host)));
        await host.AdvanceAsync(TimeSpan.FromHours(15.1));
        var early = Days(await QueryAsync(host))[5];
        await host.AdvanceAsync(TimeSpan.FromHours(24));

        Assert.InRange(early, 0.01m, DayOfWeb - 0.01m);
        Assert.Equal(DayOfWeb, Days(await QueryAsync(host))[5]);
    }

    [Fact]
    public async Task A_day_is_corrected_for_three_days_and_not_after()
    {
        await using var host = await StartAsync(new BillingOptions { Correction = 0.1 });

        await host.AdvanceAsync(TimeSpan.FromHours(49));
        var first = Days(await QueryAsync(host))[5];
        await host.AdvanceAsync(TimeSpan.FromHours(48));
        var later = Days(await QueryAsync(host))[5];

        Assert.NotEqual(DayOfWeb, first);
        Assert.InRange(Math.Abs(first - DayOfWeb), 0.0001m, 0.1m * DayOfWeb);
        Assert.Equal(DayOfWeb, later);
    }

    [Fact]
    public async Task Days_before_the_start_are_billed_as_well()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce);

        // A load of 4 at 70 % use takes 6 instances: 6 × 24 × 0.230. In the last hour it had what it began with, and needed 6 all the same.
        Assert.Equal(33.12m, Days(await QueryAsync(host, first: 3, last: 3))[3]);
    }

    [Fact]
    public async Task Bills_in_the_currency_of_the_contract()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce with { Currency = "EUR" });
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        var row = Assert.Single(Rows(await QueryAsync(host, last: 5)));

        Assert.Equal((DayOfWeb * 0.9m, "EUR"), (row[0].GetDecimal(), row[4].GetString()));
    }

    [Fact]
    public async Task What_stands_about_is_billed_and_credits_are_below_zero()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with
        {
            ScaleSets = [.. estate.ScaleSets],
            Idle = [new PublicAddressSpec { Id = PublicAddressSpec.IdOf(SandboxHost.Subscription, "shop", "unused") }],
            Charges = [new ChargeSpec(SandboxHost.Subscription, "Promotion", -7.5m) { Type = "Refund", First = new(2026, 1, 5), Last = new(2026, 1, 5) }],
        });
        await host.AdvanceAsync(TimeSpan.FromDays(2));

        var rows = Rows(await QueryAsync(host, last: 5)).ToDictionary(row => row[3].GetString()!, row => row[0].GetDecimal());

        Assert.Equal((0.12m, -7.5m), (rows["Standard IPv4 Static Public IP"], rows["Promotion"]));
    }

    [Fact]
    public async Task A_reservation_is_a_purchase_or_spread_over_what_uses_it()
    {
        // Bought on the fifth for six: 0.230 × 0.6 × 8760 = 1,208.88, rounded to 1,209 dollars each. Five are used.
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with
        {
            Reserved = [new ReservationSpec("fleet", "Standard_D4s_v5", "westeurope", 6, new DateOnly(2027, 1, 5))],
        });
        await host.AdvanceAsync(TimeSpan.FromDays(1));

        var actual = Rows(await QueryAsync(host, last: 5)).ToDictionary(row => row[3].GetString()!, row => row[0].GetDecimal());
        var amortized = Rows(await QueryAsync(host, "AmortizedCost", last: 5)).ToDictionary(row => row[3].GetString()!, row => Math.Round(row[0].GetDecimal(), 6));

        const decimal UnitDay = 1209m / 365;
        Assert.Equal((7254m, 0m), (actual["Standard_D4s_v5 reservation"], actual["D4s v5"]));
        Assert.Equal((Math.Round(UnitDay, 6), Math.Round(5 * UnitDay, 6)), (amortized["Standard_D4s_v5 reservation"], amortized["D4s v5"]));
    }

    [Fact]
    public async Task Bills_the_sizes_there_were()
    {
        await using var host = await StartAsync(BillingOptions.AtOnce, estate => estate with { ScaleSets = [SandboxHost.Service("web") with { UpgradeMode = "Automatic" }] });
        await host.AdvanceAsync(TimeSpan.FromHours(12));
        host.Server.Estate.SetSize(SandboxHost.Web, "Standard_D2s_v5");
        await host.AdvanceAsync(TimeSpan.FromHours(12));

        var meters = Rows(await QueryAsync(host, last: 5)).ToDictionary(row => row[3].GetString()!, row => row[0].GetDecimal());

        Assert.Equal((DayOfWeb / 2, 5 * 12 * 0.115m), (meters["D4s v5"], meters["D2s v5"]));
    }
}
