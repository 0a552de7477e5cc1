using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>
/// Fleets of a simulated estate, of ten kinds that take turns: what real estates are said to be made of, none of it measured on one.
/// Sizes and prices are Azure's own, Linux in westeurope, pay-as-you-go in USD as of 2026-06-18, as the sources of
/// Azure/karpenter-provider-azure have them (pkg/providers/pricing, commit 352646f, Apache-2.0).
/// </summary>
public static class SizedEstate
{
    public const int MinutesPerDay = 24 * 60;

    public const int MinutesPerWeek = 7 * MinutesPerDay;

    public static readonly DateOnly PricesAsOf = new(2026, 6, 18);

    private static readonly (string Name, string Family, int Cores, double Memory, decimal Price)[] Table =
    [
        ("Standard_D2s_v5", "standardDSv5Family", 2, 8, 0.115m), ("Standard_D4s_v5", "standardDSv5Family", 4, 16, 0.23m),
        ("Standard_D8s_v5", "standardDSv5Family", 8, 32, 0.46m), ("Standard_D16s_v5", "standardDSv5Family", 16, 64, 0.92m),
        ("Standard_E2s_v5", "standardESv5Family", 2, 16, 0.152m), ("Standard_E4s_v5", "standardESv5Family", 4, 32, 0.304m),
        ("Standard_E8s_v5", "standardESv5Family", 8, 64, 0.608m), ("Standard_E16s_v5", "standardESv5Family", 16, 128, 1.216m),
    ];

    /// <summary>What a fleet uses of its processors, as a share, on a day of the week (Monday is 0) at an hour; and of its memory.</summary>
    private static readonly (string Name, Func<Traits, double, double, double> Load, double Memory, double Growth)[] Kinds =
    [
        ("idle", (traits, _, _) => 0.03 + (0.07 * traits.Level), 0.2, 0),
        ("daily", (traits, _, hour) => 0.05 + ((0.2 + (0.25 * traits.Level)) * Hump(hour, 14, 5)), 0.25, 0),
        ("bursts", (traits, _, hour) => hour % 24 < traits.BurstMinutes / 60.0 ? 0.85 : 0.08, 0.2, 0),
        ("weekly batch", (traits, day, hour) => day == 3 && hour is >= 2 and < 4 ? 0.7 : 0.06 + (0.04 * traits.Level), 0.2, 0),
        ("growing", (traits, day, hour) => (0.1 + (0.1 * traits.Level)) * (0.6 + (0.4 * Hump(hour, 13, 5))), 0.25, 0),
        ("memory-bound", (traits, _, _) => 0.05 + (0.05 * traits.Level), 0.7, 0),
        ("leaking", (traits, _, _) => 0.1 + (0.05 * traits.Level), 0.36, 0.2),
        ("busy", (traits, _, hour) => 0.45 + (0.25 * Hump(hour, 14, 5)), 0.45, 0),
        ("office hours", (traits, day, hour) => day < 5 && hour is >= 8 and < 18 ? 0.2 + (0.15 * traits.Level) : 0.03, 0.3, 0),
        ("too small", (traits, _, hour) => 0.75 + (0.2 * Hump(hour, 14, 6)), 0.5, 0),
    ];

    private const double WeeklyGrowth = 0.25;

    public static IReadOnlyList<SizeOffer> Sizes { get; } = [.. Table.Select(size => new SizeOffer(size.Name, size.Family, size.Cores) { MemoryGiB = size.Memory })];

    public static IReadOnlyDictionary<string, Price> Prices { get; } = Table.ToDictionary(
        size => size.Name, size => new Price(new Money(size.Price, "USD"), PriceBasis.Retail, PricesAsOf, ""));

    /// <summary>The same fleets for the same seed, on every machine.</summary>
    public static IReadOnlyList<SizedFleet> Generate(int seed, int count) => [.. Enumerable.Range(0, count).Select(at => Fleet(new Random(HashCodeOf(seed, at)), at))];

    private static SizedFleet Fleet(Random random, int at)
    {
        var kind = Kinds[at % Kinds.Length];
        var size = Sizes[random.Next(Sizes.Count)];
        var instances = 1 + random.Next(1, 20);
        var traits = new Traits(random.NextDouble(), random.Next(2, 21));
        var cores = (double)size.Cores * instances;
        var memory = size.MemoryGiB!.Value * kind.Memory * (0.8 + (0.3 * random.NextDouble()));
        var growth = kind.Name == "growing" ? WeeklyGrowth : 0;
        double Cores(int minute)
        {
            var (day, hour) = (minute / MinutesPerDay % 7, minute % MinutesPerDay / 60.0);
            var noise = 0.95 + (0.1 * random.NextDouble());
            return cores * Math.Min(1, kind.Load(traits, day, hour) * noise * (1 + (growth * minute / MinutesPerWeek)));
        }

        return new SizedFleet
        {
            Name = $"{kind.Name} {at}",
            Now = new FleetNow(size, instances, instances, Prices[size.Name]),
            Seen = [.. Enumerable.Range(0, MinutesPerWeek).Select(Cores)],
            Later = [.. Enumerable.Range(MinutesPerWeek, MinutesPerWeek).Select(Cores)],
            MemoryAtRest = memory * 0.7,
            MemoryPerCore = memory * 0.3 / Math.Max(0.1, kind.Load(traits, 1, 14) * size.Cores),
            MemoryGrowth = kind.Growth,
            IsCommitted = random.Next(10) == 0,
        };
    }

    /// <summary>From 0 to 1 and back around an hour.</summary>
    private static double Hump(double hour, double top, double width) => Math.Exp(-Math.Pow((hour - top) / width, 2));

    private static int HashCodeOf(int seed, int at) => unchecked((seed * 486_187_739) + (at * 16_777_619));

    private sealed record Traits(double Level, int BurstMinutes);
}
