using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class QuotaGuardTests : GuardTests<QuotaGuard>
{
    private static readonly SizeOffer Size = new("Standard_D4s_v5", "standardDSv5Family", 2);

    [Fact]
    public void Adds_what_there_is_room_for()
    {
        Passes(Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 92, 100))));
        LimitsTo(6, Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 96, 100))));
        LimitsTo(5, Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 97, 100))));
        Assert.Equal(
            "quota: standardDSv5Family has 99 of 100 cores in use, and 8 more would be needed",
            ReasonText.Of(Blocks<GuardReason.QuotaReached>(Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 99, 100))))));
        Blocks<GuardReason.QuotaReached>(Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 110, 100))));
    }

    [Fact]
    public void The_tightest_quota_counts() =>
        LimitsTo(5, Check(4, 8, Context(new QuotaUsage("standardDSv5Family", 10, 100), new QuotaUsage("cores", 348, 350))));

    [Fact]
    public void A_size_that_is_not_to_be_had_is_not_added() => Assert.Equal(
        "Azure gives this subscription no Standard_D4s_v5 in westeurope: NotAvailableForSubscription",
        ReasonText.Of(Blocks<GuardReason.SizeRestricted>(Check(4, 8, Context() with { Preflight = new Preflight { Size = Size with { WhyNot = "NotAvailableForSubscription" } } }))));

    [Fact]
    public void A_size_that_is_to_be_had_in_none_of_its_zones_is_not_added_and_in_some_it_is_told()
    {
        Assert.Equal(
            "Azure gives this subscription no Standard_D4s_v5 in zone 1, 3 of westeurope",
            ReasonText.Of(Blocks<GuardReason.ZonesClosed>(Check(4, 8, Zoned(["3", "1"], "1", "2", "3")))));

        var pass = Assert.IsType<GuardVerdict.Pass>(Check(4, 8, Zoned(["1", "2", "3"], "2")));
        Assert.Equal("Azure gives this subscription no Standard_D4s_v5 in zone 2 of westeurope", ReasonText.Of(pass.Note!));

        Assert.Null(Assert.IsType<GuardVerdict.Pass>(Check(4, 8, Zoned(["1"], "2"))).Note);
        Passes(Check(4, 8, Zoned([], "1", "2", "3")));
        Passes(Check(4, 2, Zoned(["1"], "1")));

        PlanContext Zoned(IReadOnlyList<string> zones, params string[] closed)
        {
            var context = Context();
            return context with { Target = context.Target with { ZoneNames = zones }, Preflight = new Preflight { Size = Size with { ClosedZones = closed } } };
        }
    }

    [Fact]
    public void What_is_not_known_holds_nothing_back()
    {
        Passes(Check(4, 8));
        Passes(Check(4, 8, Context()));
        Passes(Check(4, 8, Some.PlanContext() with { Preflight = new Preflight { Quotas = [new QuotaUsage("cores", 9, 9)] } }));
    }

    [Fact]
    public void A_lowering_needs_no_room() => Passes(Check(4, 2, Context(new QuotaUsage("cores", 100, 100))));

    private static PlanContext Context(params QuotaUsage[] quotas) => Some.PlanContext() with { Preflight = new Preflight { Size = Size, Quotas = quotas } };
}
