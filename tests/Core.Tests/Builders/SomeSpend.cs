using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Spend of a subscription <c>s-1</c>: ten machines at 0.50 USD an hour unless said otherwise.</summary>
internal static class SomeSpend
{
    public const string Web = "/subscriptions/s-1/resourcegroups/shop/providers/microsoft.compute/virtualmachinescalesets/web";

    public const string Api = "/subscriptions/s-1/resourcegroups/shop/providers/microsoft.compute/virtualmachinescalesets/api";

    public const string Disk = "/subscriptions/s-1/resourcegroups/shop/providers/microsoft.compute/disks/data";

    public static readonly SpendScope Scope = new("/subscriptions/s-1", new Dictionary<string, IReadOnlyList<string>>());

    public static readonly TargetTags NoTags = new TargetTags.Known(new Dictionary<string, string>());

    public static readonly PriceReading NoPrice = new PriceReading.Missing("no meter is listed");

    public static PriceReading Price(decimal perHour = 0.5m, PriceBasis basis = PriceBasis.Retail) =>
        new PriceReading.Known(new Price(new Money(perHour, "USD"), basis, new DateOnly(2026, 3, 1), ""));

    public static SeenResource Seen(DateTimeOffset at, int instances = 10, PriceReading? price = null, string sku = "D4", params CountChange[] changes) =>
        new(new SpendSighting(at, instances, sku, price ?? Price()), NoTags, changes);

    public static SpendLook Look(DateTimeOffset at, params (string Resource, SeenResource Seen)[] resources) =>
        new(at, IsComplete: true, resources.ToDictionary(each => each.Resource, each => each.Seen));

    /// <summary>A look that finds only <see cref="Web"/>.</summary>
    public static SpendLook Web10(DateTimeOffset at) => Look(at, (Web, Seen(at)));

    /// <summary>A whole day on which so much was counted, spread over its hours.</summary>
    public static SpendDay Whole(DateOnly day, decimal amount = 120, string resource = Web, string currency = "USD") => new()
    {
        Day = day,
        Subscription = "s-1",
        Currency = currency,
        From = SpendDay.StartOf(day),
        Through = SpendDay.StartOf(day.AddDays(1)),
        Rows = [Row(resource, amount, SpendDay.StartOf(day.AddDays(1)))],
    };

    public static ResourceSpend Row(string resource, decimal amount, DateTimeOffset lastAt) => ResourceSpend.Begin(resource, new SpendSighting(lastAt, 10, "D4", Price()), NoTags) with
    {
        Hours = [.. Enumerable.Repeat(amount / 24, 24)],
        Covered = TimeSpan.FromHours(24),
        InstanceTime = TimeSpan.FromHours(240),
    };

    public static BilledReading.Known Bill(DateOnly? through, params BilledDay[] days) => new("USD", days, through);

    public static IEnumerable<BilledDay> Billed(DateOnly first, int days, decimal amount, string resource = Web) =>
        Enumerable.Range(0, days).Select(offset => new BilledDay(first.AddDays(offset), resource, amount));
}
