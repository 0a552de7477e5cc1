using System.Globalization;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>
/// A thousand resources as a company has them: products in production, test and development over twelve subscriptions of a tree
/// of management groups, and a third whose capacity is somebody else's. The same for the same seed.
/// </summary>
public static class LargeEstate
{
    private static readonly string[] Regions = ["westeurope", "westeurope", "northeurope", "swedencentral"];

    /// <summary>The products, and the tiers each of them runs; the first is what the policies beside the program are about.</summary>
    private static readonly string[] Products =
        ["shop", "checkout", "catalog", "search", "accounts", "pricing", "orders", "mail", "stock", "returns", "loyalty", "reports", "partner", "media"];

    private static readonly string[] Tiers = ["web", "api", "worker", "batch"];

    private static readonly string[] Portals = ["portal", "admin", "hooks"];

    private static readonly (string Size, double Factor)[] Sizes =
        [("Standard_D2s_v5", 0.5), ("Standard_D4s_v5", 1), ("Standard_D4s_v5", 1), ("Standard_D8s_v5", 2), ("Standard_E4s_v5", 1)];

    /// <summary>Subscriptions of each environment: their ids and what stands above them.</summary>
    private static readonly LargeEstateSubscription[] Subscriptions =
    [
        .. Enumerable.Range(1, 5).Select(number => new LargeEstateSubscription(number, "prod", ["mg-online", "mg-landing-zones", "mg-contoso"])),
        .. Enumerable.Range(6, 2).Select(number => new LargeEstateSubscription(number, "prod", ["mg-corp", "mg-landing-zones", "mg-contoso"])),
        .. Enumerable.Range(8, 3).Select(number => new LargeEstateSubscription(number, "test", ["mg-test", "mg-landing-zones", "mg-contoso"])),
        .. Enumerable.Range(11, 2).Select(number => new LargeEstateSubscription(number, "dev", ["mg-sandboxes", "mg-contoso"])),
    ];

    public static EstateSpec Create(int seed)
    {
        var random = new Random(seed);
        var scaleSets = new List<ScaleSetSpec>();
        var plans = new List<PlanSpec>();
        foreach (var subscription in Subscriptions)
        {
            foreach (var product in Products)
            {
                AddProduct(random, subscription, product, scaleSets, plans);
            }
        }

        GivePast(scaleSets, 1000);
        GivePast(plans, 30);
        var others = new LargeEstateOthers(random, Subscriptions, Regions);
        others.Add(scaleSets, plans);
        return new EstateSpec(scaleSets)
        {
            Plans = plans,
            Declared = [.. Subscriptions.SelectMany(LargeEstateKinds.Declared)],
            VirtualMachines = [.. Subscriptions.Select(LargeEstateKinds.Machine)],
            ManagementGroups = Subscriptions.ToDictionary(
                subscription => subscription.Id, subscription => (IReadOnlyList<string>)[.. subscription.ManagementGroups, EstateHierarchy.RootGroup]),
            GroupManagers = others.GroupManagers,
            DenyAssignments = others.DenyAssignments,
            AutoscaleSettings = [.. Autoscaled(scaleSets, plans).Select(Setting)],
        };
    }

    private static void AddProduct(
        Random random, LargeEstateSubscription subscription, string product, List<ScaleSetSpec> scaleSets, List<PlanSpec> plans)
    {
        var region = Regions[random.Next(Regions.Length)];
        var group = $"rg-{product}-{subscription.Environment}-{subscription.Number:00}";
        foreach (var tier in Tiers.Take(subscription.Environment == "prod" ? 3 : 2))
        {
            var (size, factor) = Sizes[random.Next(Sizes.Length)];
            var mean = Mean(random, subscription.Environment) / factor;
            scaleSets.Add(new ScaleSetSpec
            {
                Id = ScaleSetSpec.IdOf(subscription.Id, group, $"vmss-{product}-{tier}-{subscription.Environment}-{subscription.Number:00}"),
                Load = Load(random, mean),
                InitialCapacity = Begin(mean, 1000),
                Region = region,
                Sku = size,
                Zones = subscription.Environment == "prod" ? ["1", "2", "3"] : [],
                Tags = Tags(random, product, tier, subscription.Environment),
            });
        }

        foreach (var portal in Portals.Take(subscription.Environment == "prod" ? 2 : 1))
        {
            var mean = Mean(random, subscription.Environment);
            plans.Add(new PlanSpec
            {
                Id = PlanSpec.IdOf(subscription.Id, group, $"asp-{product}-{portal}-{subscription.Environment}-{subscription.Number:00}"),
                Load = Load(random, mean),
                InitialCapacity = Begin(mean, 30),
                Region = region,
                Sku = subscription.Environment == "prod" ? "P1v3" : "S1",
                Tier = subscription.Environment == "prod" ? "PremiumV3" : "Standard",
                MaximumInstances = subscription.Environment == "prod" ? 30 : 10,
                Tags = Tags(random, product, portal, subscription.Environment),
            });
        }
    }

    /// <summary>
    /// Of what is a product's, most had one count for weeks. Every sixth was sized for a launch once, and nobody has looked at it
    /// since; every eleventh is scaled by a script that follows each whim of the load.
    /// </summary>
    private static void GivePast<T>(List<T> specs, int most)
        where T : ResourceSpec
    {
        for (var index = 0; index < specs.Count; index++)
        {
            var oversized = Math.Min(most, (2 * specs[index].InitialCapacity) + 2);
            specs[index] = (index % 6, index % 11) switch
            {
                (2, _) => specs[index] with { InitialCapacity = oversized, CountBefore = oversized },
                (_, 5) => specs[index],
                _ => specs[index] with { CountBefore = Math.Min(most, (int)Math.Ceiling(specs[index].InitialCapacity * 1.5)) },
            };
        }
    }

    /// <summary>Every thirteenth of what is a product's: somebody set up Azure's own autoscale once.</summary>
    private static IEnumerable<ResourceSpec> Autoscaled(IEnumerable<ScaleSetSpec> scaleSets, IEnumerable<PlanSpec> plans) =>
        scaleSets.Cast<ResourceSpec>().Concat(plans).Where(spec => spec.Tags.ContainsKey("product")).Where((_, index) => index % 13 == 7);

    /// <summary>Some have no rule at all, some rules that cannot both be right.</summary>
    private static AutoscaleSettingSpec Setting(ResourceSpec target, int index) => new(
        AutoscaleSettingSpec.IdOf(target.Id.Subscription, target.Id.ResourceGroup, $"autoscale-{target.Id.Name}"),
        string.Create(CultureInfo.InvariantCulture, $$$"""
            {"location":"{{{target.Region}}}",
             "properties":{"enabled":true,"name":"autoscale-{{{target.Id.Name}}}","targetResourceUri":"{{{target.Id.Value}}}","notifications":[],
               "profiles":[{"name":"Auto created default scale condition","capacity":{"minimum":"{{{Math.Max(1, target.InitialCapacity - 1)}}}",
                 "maximum":"{{{target.InitialCapacity + 6}}}","default":"{{{target.InitialCapacity}}}"},
                 "rules":[{{{(index % 3 == 0 ? "" : $"{Rule(target, "GreaterThan", 70, "Increase")},{Rule(target, "LessThan", index % 3 == 1 ? 30 : 60, "Decrease")}")}}}]}]}}
            """));

    private static string Rule(ResourceSpec target, string comparison, int threshold, string direction) => $$$"""
        {"metricTrigger":{"metricName":"{{{(target is PlanSpec ? "CpuPercentage" : "Percentage CPU")}}}","metricResourceUri":"{{{target.Id.Value}}}","timeGrain":"PT1M",
          "statistic":"Average","timeWindow":"PT10M","timeAggregation":"Average","operator":"{{{comparison}}}","threshold":{{{threshold}}} },
         "scaleAction":{"direction":"{{{direction}}}","type":"ChangeCount","value":"1","cooldown":"PT5M"} }
        """;

    private static double Mean(Random random, string environment) => environment == "prod" ? 1.5 + (random.NextDouble() * 5) : 0.6 + random.NextDouble();

    private static int Begin(double mean, int most) => Math.Clamp((int)Math.Ceiling(mean * 1.3), 1, most);

    internal static GeneratedLoad Load(Random random, double mean) => new(
        new GeneratedLoadShape
        {
            Mean = mean,
            DailyAmplitude = 0.2 + (random.NextDouble() * 0.5),
            PeakHour = 8 + (random.NextDouble() * 10),
            WeekendFactor = 0.4 + (random.NextDouble() * 0.6),
            BurstsPerDay = random.Next(3),
        },
        random.Next());

    private static Dictionary<string, string> Tags(Random random, string product, string component, string environment)
    {
        var tags = new Dictionary<string, string>
        {
            ["app"] = product,
            ["product"] = product,
            ["component"] = component,
            ["env"] = environment,
            ["owner"] = $"team-{product}",
        };
        if (random.Next(4) > 0)
        {
            tags["costCenter"] = $"{4000 + random.Next(40)}";
        }

        return tags;
    }
}
