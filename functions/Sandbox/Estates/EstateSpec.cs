using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Everything a simulated estate holds at its start. Subscriptions and groups are those the ids name.</summary>
public sealed record EstateSpec(IReadOnlyList<ScaleSetSpec> ScaleSets)
{
    public const string DefaultSubscription = "00000000-0000-4000-8000-000000000001";
    public const string DefaultResourceGroup = "shop";

    /// <summary>Three services of one shop under different loads: an office-hours web site, a steadier API, a bursty worker.</summary>
    public static EstateSpec Default { get; } = CreateDefault(seed: 1);

    public static EstateSpec CreateDefault(int seed) => new(
    [
        Service("web", "web", 8, new GeneratedLoad(new GeneratedLoadShape { Mean = 6, BurstsPerDay = 1 }, seed)),
        Service("api", "api", 6, new GeneratedLoad(
            new GeneratedLoadShape { Mean = 4, DailyAmplitude = 0.35, PeakHour = 11, WeekendFactor = 0.8 }, seed + 1)),
        Service("worker", "worker", 4, new GeneratedLoad(
            new GeneratedLoadShape { Mean = 3, DailyAmplitude = 0.2, PeakHour = 2, WeekendFactor = 1, BurstsPerDay = 4 }, seed + 2)),
    ]);

    private static ScaleSetSpec Service(string name, string app, int capacity, ILoadSource load) => new()
    {
        Id = ScaleSetSpec.IdOf(DefaultSubscription, DefaultResourceGroup, name),
        Load = load,
        InitialCapacity = capacity,
        Zones = ["1", "2", "3"],
        Tags = new Dictionary<string, string> { ["app"] = app, ["env"] = "prod" },
    };
}
