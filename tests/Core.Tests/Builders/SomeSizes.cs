using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Sizes, and what depends on them, with sensible defaults.</summary>
internal static class SomeSizes
{
    public const string Small = "Standard_D2s_v5";

    public const string Middle = "Standard_D4s_v5";

    public const string Big = "Standard_D8s_v5";

    public static SizeOffer Offer(string name, int cores, double? memory = null) => new(name, "standardDSv5Family", cores)
    {
        MemoryGiB = memory ?? (4 * cores),
        Capabilities = new Dictionary<string, string> { ["PremiumIO"] = "True", ["MaxDataDiskCount"] = $"{2 * cores}" },
    };

    public static IReadOnlyDictionary<string, SizeOffer> Offers { get; } = new[] { Offer(Small, 2), Offer(Middle, 4), Offer(Big, 8) }
        .ToDictionary(offer => offer.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>How long requests take, on the mean of three minutes; 800 ms are too many.</summary>
    public static GuardTerms Guard { get; } = new(
        [GuardSignal.Of(new SignalPolicy { Name = "latency", From = new SignalSource.Metric(new MetricSelector { Name = "Latency" }) })!],
        [new GuardBound("latency", Above: 800, Below: null)])
    {
        Region = "westeurope",
    };

    public static VerticalScalingPolicy Policy(SizeMode mode = SizeMode.Act) => new()
    {
        Name = "vertical",
        Workload = "shop",
        Mode = mode,
        Sizes = [Small, Middle, Big],
        Guard = Guard,
        Source = Some.Source,
    };

    public static SizeUse Use(double mean, double? usual = null, double? highest = null) => new SizeUse.Known(mean, usual ?? mean, highest ?? usual ?? mean);

    /// <summary>The middle size, used as much over every span.</summary>
    public static SizeContext Context(SizeUse cpu, SizeUse memory, string current = Middle, int instances = 4) => new()
    {
        Current = current,
        Instances = instances,
        Policy = Policy(),
        Offers = Offers,
        Uses = new Dictionary<(UsedPart, TimeSpan), SizeUse>
        {
            [(UsedPart.Cpu, SizeThresholds.DefaultUp.Cpu.For)] = cpu,
            [(UsedPart.Memory, SizeThresholds.DefaultUp.Memory.For)] = memory,
            [(UsedPart.Cpu, SizeThresholds.DefaultDown.Cpu.For)] = cpu,
            [(UsedPart.Memory, SizeThresholds.DefaultDown.Memory.For)] = memory,
        },
    };

    public static SizedInstance Instance(string id, string size = Middle, bool isCurrent = true, InstanceHealth health = InstanceHealth.Healthy, bool isRunning = true) =>
        new(id, size, isCurrent, health, isRunning);

    public static SizeReading.Read Reading(string size, params SizedInstance[] instances) => new(size, RollOutMode.ByHand, instances, new SizeNeeds());

    /// <summary>Four instances of the middle size, of which all are well.</summary>
    public static SizeReading.Read Four { get; } = Reading(Middle, [.. Enumerable.Range(0, 4).Select(id => Instance($"{id}"))]);

    public static SizeChange Down { get; } = new(Offers[Middle], Offers[Small]);

    public static SizeChange Up { get; } = new(Offers[Middle], Offers[Big]);

    public static PlanContext PlanContext(int capacity = 4) => Some.PlanContext(capacity) with { Vertical = Policy(), Sizing = Four };
}
