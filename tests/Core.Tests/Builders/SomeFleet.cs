using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Fleets and sizes with round numbers, for arithmetic by hand: 0.0575 USD a core.</summary>
internal static class SomeFleet
{
    public const string Family = "standardDSv5Family";

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static SizeOffer D2 { get; } = Size("Standard_D2s_v5", 2, 8);

    public static SizeOffer D4 { get; } = Size("Standard_D4s_v5", 4, 16);

    public static SizeOffer D8 { get; } = Size("Standard_D8s_v5", 8, 32);

    public static SizeOffer Size(string name, int cores, double memory, string family = Family, params (string Name, string Value)[] capabilities) => new(name, family, cores)
    {
        MemoryGiB = memory,
        Capabilities = capabilities.ToDictionary(each => each.Name, each => each.Value),
    };

    public static Price Price(double perHour, string currency = "USD") => new(new Money((decimal)perHour, currency), PriceBasis.Retail, Today, "");

    public static FleetNow Now(int instances = 10, SizeOffer? size = null, double price = 0.23, double? mean = null) =>
        new(size ?? D4, instances, mean ?? instances, Price(price));

    public static UsageEstimate.Known Estimate(double typical, double lower, double upper, double burst, double? highest = null, double confidence = 7) => new()
    {
        Typical = typical,
        Lower = lower,
        Upper = upper,
        Burst = burst,
        Highest = highest ?? burst,
        Mean = typical / 2,
        Confidence = confidence,
    };

    /// <summary>10 cores, at most 12 for sure, 11 in bursts; 4 GiB an instance.</summary>
    public static FleetDemand Demand(UsageEstimate.Known? processors = null, UsageEstimate.Known? memory = null) =>
        new(processors ?? Estimate(10, 5, 12, 11), memory ?? Estimate(4, 2, 5, 4.5), []);

    public static PlanningFacts Facts(
        IReadOnlyList<SizeOffer>? offers = null, IReadOnlyList<Reservation>? reservations = null, SizeNeeds? needs = null,
        FactReading<IReadOnlyList<QuotaUsage>>? quotas = null, params (string Size, double PerHour)[] prices) => new()
        {
            Target = Some.Target(10),
            Needs = needs ?? new SizeNeeds(),
            Offers = offers ?? [D2, D4, D8],
            Prices = ((string Size, double PerHour)[])[("Standard_D2s_v5", 0.115), ("Standard_D4s_v5", 0.23), ("Standard_D8s_v5", 0.46), .. prices]
                is var all ? all.GroupBy(each => each.Size).ToDictionary(each => each.Key, each => (PriceReading)new PriceReading.Known(Price(each.Last().PerHour))) : [],
            Quotas = quotas ?? Quotas(40, 1000),
            Reservations = new FactReading<IReadOnlyList<Reservation>>.Known(reservations ?? [], Some.Noon),
        };

    public static FactReading<IReadOnlyList<QuotaUsage>> Quotas(long used, long limit) => new FactReading<IReadOnlyList<QuotaUsage>>.Known(
        [new QuotaUsage(QuotaUsage.AllCores, used, limit), new QuotaUsage(Family, used, limit)], Some.Noon);
}
