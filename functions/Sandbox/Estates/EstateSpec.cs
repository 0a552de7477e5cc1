using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Limits;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Logs;
using ScaleFunctions.Sandbox.Prices;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>Everything a simulated estate holds at its start. Subscriptions and groups are those the ids name.</summary>
public sealed record EstateSpec(IReadOnlyList<ScaleSetSpec> ScaleSets)
{
    /// <summary>App Service plans beside the scale sets.</summary>
    public IReadOnlyList<PlanSpec> Plans { get; init; } = [];

    /// <summary>Resources of other types, each as it says itself.</summary>
    public IReadOnlyList<DeclaredSpec> Declared { get; init; } = [];

    public IReadOnlyList<VirtualMachineSpec> VirtualMachines { get; init; } = [];

    /// <summary>What has no capacity, and stands about: disks, addresses, load balancers, snapshots.</summary>
    public IReadOnlyList<IdleSpec> Idle { get; init; } = [];

    /// <summary>What Log Analytics knows to answer.</summary>
    public IReadOnlyList<LogQuerySpec> LogQueries { get; init; } = [];

    /// <summary>Azure's own autoscale of some of them.</summary>
    public IReadOnlyList<AutoscaleSettingSpec> AutoscaleSettings { get; init; } = [];

    /// <summary>By subscription: the management groups above it, the nearest first; those of the tenant alone where it is not in it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ManagementGroups { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>By the id of a resource group: the id of the resource that manages it.</summary>
    public IReadOnlyDictionary<string, string> GroupManagers { get; init; } = new Dictionary<string, string>();

    /// <summary>Deny assignments, each a JSON object with an <c>id</c>.</summary>
    public IReadOnlyList<string> DenyAssignments { get; init; } = [];

    /// <summary>Lines of the price list beside those the sandbox has.</summary>
    public IReadOnlyList<PriceRow> Prices { get; init; } = [];

    /// <summary>Recommendations of Advisor, each a JSON object with an <c>id</c>.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>Reservations of the tenant, each a JSON object.</summary>
    public IReadOnlyList<string> Reservations { get; init; } = [];

    /// <summary>More reservations, which end when they do.</summary>
    public IReadOnlyList<ReservationSpec> Reserved { get; init; } = [];

    /// <summary>What is billed beside instances and what stands about: services without a price here, credits.</summary>
    public IReadOnlyList<ChargeSpec> Charges { get; init; } = [];

    /// <summary>Budgets there are at the start.</summary>
    public IReadOnlyList<BudgetSpec> Budgets { get; init; } = [];

    /// <summary>Whom budgets call.</summary>
    public IReadOnlyList<ActionGroupSpec> ActionGroups { get; init; } = [];

    /// <summary>The first simulated instant of a scenario that needs one, as three days before a month ends; otherwise that of the sandbox.</summary>
    public DateTimeOffset? Begins { get; init; }

    public IReadOnlyList<LockSpec> Locks { get; init; } = [];

    /// <summary>Who may do what; everybody everything when empty.</summary>
    public IReadOnlyList<GrantSpec> Grants { get; init; } = [];

    /// <summary>Quotas that are not beyond everything, the same in each subscription.</summary>
    public IReadOnlyList<QuotaSpec> Quotas { get; init; } = [];

    /// <summary>Sizes of which nobody gets any more.</summary>
    public IReadOnlyList<string> RestrictedSizes { get; init; } = [];

    /// <summary>Every resource, scale sets first.</summary>
    public IEnumerable<ResourceSpec> All => [.. ScaleSets, .. Plans, .. Declared, .. VirtualMachines];

    public const string DefaultSubscription = "00000000-0000-4000-8000-000000000001";
    public const string DefaultResourceGroup = "shop";

    /// <summary>
    /// Services of one shop under different loads: on scale sets an office-hours web site, a steadier API, a bursty worker; on
    /// App Service a portal, and a plan for jobs that scales by itself.
    /// </summary>
    public static EstateSpec Default { get; } = CreateDefault(seed: 1);

    public static EstateSpec CreateDefault(int seed) => new(
    [
        Service("web", "web", 8, new GeneratedLoad(new GeneratedLoadShape { Mean = 6, BurstsPerDay = 1 }, seed)),
        Service("api", "api", 6, new GeneratedLoad(
            new GeneratedLoadShape { Mean = 4, DailyAmplitude = 0.35, PeakHour = 11, WeekendFactor = 0.8 }, seed + 1)),
        Service("worker", "worker", 4, new GeneratedLoad(
            new GeneratedLoadShape { Mean = 3, DailyAmplitude = 0.2, PeakHour = 2, WeekendFactor = 1, BurstsPerDay = 4 }, seed + 2)),
    ])
    {
        Plans =
        [
            Plan("portal", "portal", 5, new GeneratedLoad(
                new GeneratedLoadShape { Mean = 4, DailyAmplitude = 0.5, PeakHour = 15, WeekendFactor = 0.7, BurstsPerDay = 1 }, seed + 3)),
            Plan("jobs", "jobs", 1, new ConstantLoad(0.4)) with { Sku = "EP1", Tier = "ElasticPremium", MaximumInstances = 20 },
        ],
    };

    /// <summary>
    /// One service under recorded load, twice: on a scale set, and on a plan whose instances carry twice as much each, because a
    /// plan may have 30 at most.
    /// </summary>
    /// <param name="name">Name of the scale set, and begin of that of the plan; made to fit Azure's rules for names.</param>
    /// <param name="trace">The recording.</param>
    /// <param name="meanInstances">What the recording was scaled to: the fleet begins a little above it.</param>
    public static EstateSpec OfTrace(string name, TraceLoad trace, double meanInstances) => new(
    [
        Service(NameOf(name), "replay", Begin(meanInstances), trace),
    ])
    {
        Plans = [Plan($"{NameOf(name)}-plan", "replay", Begin(meanInstances / 2), new ScaledLoad(trace, 0.5)) with { Sku = "P2v3" }],
    };

    private static int Begin(double meanInstances) => Math.Max(2, (int)Math.Ceiling(meanInstances * 1.2));

    private static string NameOf(string name)
    {
        var letters = name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-').Take(60).ToArray();
        var text = new string(letters).Trim('-');
        return text.Length == 0 ? "replay" : text;
    }

    private static ScaleSetSpec Service(string name, string component, int capacity, ILoadSource load) => new()
    {
        Id = ScaleSetSpec.IdOf(DefaultSubscription, DefaultResourceGroup, name),
        Load = load,
        InitialCapacity = capacity,
        Zones = ["1", "2", "3"],
        Tags = Tags(component),
    };

    private static PlanSpec Plan(string name, string component, int capacity, ILoadSource load) => new()
    {
        Id = PlanSpec.IdOf(DefaultSubscription, DefaultResourceGroup, name),
        Load = load,
        InitialCapacity = capacity,
        Tags = Tags(component),
    };

    private static Dictionary<string, string> Tags(string component) => new()
    {
        ["app"] = "shop",
        ["component"] = component,
        ["env"] = "prod",
    };
}
