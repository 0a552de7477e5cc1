using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ShortageGuardTests : GuardTests<ShortageGuard>
{
    [Fact]
    public void Holds_raises_of_the_size_in_the_region_of_the_subscription_and_nothing_else()
    {
        Assert.Equal(
            "Azure has no room for more Standard_D4s_v5 in westeurope (AllocationFailed, 1 refusal since 11:58); it is tried again at 12:03",
            ReasonText.Of(Blocks<GuardReason.RunShort>(Check(4, 6, Short(Shortage())))));
        Passes(Check(4, 3, Short(Shortage())));
        Passes(Check(4, 6, Short(Shortage() with { Sku = "Standard_D2s_v5" })));
        Passes(Check(4, 6, Short(Shortage() with { Region = "northeurope" })));
        Passes(Check(4, 6, Short(Shortage() with { Subscription = "s-2" })));
        Passes(Check(4, 6, Short(Shortage() with { Pool = "compute spot" })));
        Passes(Check(4, 6, Short(Shortage() with { Only = Some.Id("other").Key })));
        Blocks<GuardReason.RunShort>(Check(4, 6, Short(Shortage() with { Only = Some.Id().Key })));
    }

    [Fact]
    public void Lets_it_be_tried_again_when_the_wait_is_over() => Passes(Check(4, 6, Short(Shortage()) with { Now = Some.At(3) }));

    [Fact]
    public void One_of_a_time_to_come_was_noted_by_a_clock_that_was_wrong() => Passes(Check(4, 6, Short(Shortage() with { At = Some.At(1440) })));

    [Fact]
    public void Spot_machines_and_other_types_have_pools_of_their_own()
    {
        Assert.Equal("compute", SizeShortage.PoolOf(Some.Target()));
        Assert.Equal("compute spot", SizeShortage.PoolOf(Some.Target() with { Billing = new BillingTerms(BilledSystem.Linux, IsSpot: true) }));
        Assert.Equal("microsoft.web/serverfarms", SizeShortage.PoolOf(Some.Target() with
        {
            Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/serverFarms/plan"),
        }));
    }

    [Theory]
    [InlineData("AllocationFailed", false, true)]
    [InlineData("SkuNotAvailable", false, true)]
    [InlineData("QuotaExceeded", true, true)]
    [InlineData("OperationNotAllowed", true, true)]
    [InlineData("OperationNotAllowed", false, false)]
    [InlineData("ZonalAllocationFailed", false, false)]
    [InlineData("OverconstrainedAllocationRequest", false, false)]
    public void What_is_of_one_resource_is_no_fact_of_the_place(string code, bool isQuota, bool isOfPlace) =>
        Assert.Equal(isOfPlace, SizeShortage.IsOfPlace(code, isQuota));

    [Fact]
    public void Waits_double_up_to_half_an_hour_and_are_told_once()
    {
        var fleet = new FleetRow();
        var waits = new List<double>();
        var now = Some.Noon;
        for (var time = 0; time < 6; time++)
        {
            fleet = fleet.RunShort(Shortage() with { At = now, Since = now }, "worker-1");
            var shortage = Assert.Single(fleet.Shortages);
            waits.Add((shortage.Until - now).TotalMinutes);
            now = shortage.Until;
        }

        Assert.Equal([5, 10, 20, 30, 30, 30], waits);
        Assert.StartsWith("Azure has no room for more Standard_D4s_v5 in westeurope of s-1 (AllocationFailed: none left)", Assert.Single(fleet.Journal.Outbox).Text, StringComparison.Ordinal);
    }

    /// <summary>A hundred targets that were refused in the same minute were told one fact.</summary>
    [Fact]
    public void Refusals_within_a_wait_are_the_same_fact()
    {
        var fleet = new FleetRow().RunShort(Shortage(), "worker-1");
        for (var second = 0; second < 100; second++)
        {
            fleet = fleet.RunShort(Shortage() with { At = Some.Noon.AddSeconds(second) }, "worker-1");
        }

        Assert.Equal((1, Some.At(-2)), (fleet.Shortages[0].Times, fleet.Shortages[0].At));
        Assert.Single(fleet.Journal.Outbox);
    }

    [Fact]
    public void It_is_over_when_Azure_gives_some_or_after_three_hours()
    {
        var fleet = new FleetRow().RunShort(Shortage(), "worker-1");

        var given = Shortage() with { Subscription = "S-1", Region = "WestEurope", Sku = "standard_d4s_v5", Only = "any", At = Some.At(8) };
        var over = fleet.HasRoom(given, Some.At(9), "worker-1");
        Assert.Empty(over.Shortages);
        Assert.StartsWith("Azure gives Standard_D4s_v5 in westeurope of s-1 again, after 1 refusal", over.Journal.Outbox[^1].Text, StringComparison.Ordinal);
        Assert.Same(fleet, fleet.HasRoom(given with { Region = "northeurope" }, Some.At(9), "worker-1"));
        Assert.Same(fleet, fleet.HasRoom(given with { Pool = "compute spot" }, Some.At(9), "worker-1"));
        Assert.Same(fleet, fleet.HasRoom(given with { At = Some.At(-2) }, Some.At(9), "worker-1"));
        Assert.Single(new FleetRow().RunShort(Shortage() with { Only = Some.Id().Key }, "worker-1").HasRoom(given with { Only = Some.Id("other").Key }, Some.At(9), "worker-1").Shortages);
        Assert.Equal(1, fleet.RunShort(Shortage() with { At = Some.At(179) }, "worker-1").Shortages[0].Times);
    }

    internal static SizeShortage Shortage() => new()
    {
        Subscription = "s-1",
        Region = "westeurope",
        Sku = "Standard_D4s_v5",
        Pool = "compute",
        IsQuota = false,
        Code = "AllocationFailed",
        Message = "none left",
        Times = 1,
        Since = Some.At(-2),
        At = Some.At(-2),
    };

    private static PlanContext Short(SizeShortage shortage) => Some.PlanContext() with { Shortages = [shortage] };
}
