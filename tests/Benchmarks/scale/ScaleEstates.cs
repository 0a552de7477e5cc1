using System.Globalization;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Estates of any size in the two shapes that cost differently: many targets a call, or few.</summary>
internal static class ScaleEstates
{
    private const int Seed = 20260105;

    private static readonly string[] Regions = ["westeurope", "northeurope", "swedencentral", "germanywestcentral"];

    /// <summary>Four of five are scale sets, the others plans, in two regions of each subscription.</summary>
    public static EstateSpec Concentrated(int targets, int subscriptions)
    {
        var random = new Random(Seed);
        var all = Enumerable.Range(0, targets)
            .Select(number => (Number: number, Subscription: Subscription(number % subscriptions), Region: Regions[number / subscriptions % 2], IsPlan: number / subscriptions % 5 == 4))
            .ToList();
        return new EstateSpec([.. all.Where(each => !each.IsPlan).Select(each => ScaleSet(random, each.Number, each.Subscription, each.Region))])
        {
            Plans = [.. all.Where(each => each.IsPlan).Select(each => Plan(random, each.Number, each.Subscription, each.Region))],
        };
    }

    /// <summary>Scale sets alone, with bursts all day: many of them change at any time.</summary>
    public static EstateSpec SetsUnderChange(int targets, int subscriptions)
    {
        var random = new Random(Seed);
        return new EstateSpec([.. Enumerable.Range(0, targets).Select(number => ScaleSet(random, number, Subscription(number % subscriptions), Regions[number / subscriptions % 2]) with
        {
            Load = new GeneratedLoad(new GeneratedLoadShape { Mean = 3 + (random.NextDouble() * 5), DailyAmplitude = 0.5, PeakHour = 12, WeekendFactor = 0.7, BurstsPerDay = 40 }, random.Next()),
        })]);
    }

    /// <summary>One to eight of a type in a region of a subscription, over five types, four regions and up to 300 subscriptions, until there are enough.</summary>
    public static EstateSpec LongTail(int targets)
    {
        const int subscriptions = 300;
        const int types = 5;
        var random = new Random(Seed);
        var groups = Enumerable.Range(0, subscriptions * Regions.Length * types).ToArray();
        random.Shuffle(groups);
        var (scaleSets, plans, declared, number) = (new List<ScaleSetSpec>(), new List<PlanSpec>(), new List<DeclaredSpec>(), 0);
        foreach (var group in groups)
        {
            var subscription = Subscription(group / (Regions.Length * types));
            var region = Regions[group / types % Regions.Length];
            for (var left = Math.Min(random.Next(1, 9), targets - number); left > 0; left--, number++)
            {
                switch (group % types)
                {
                    case 0:
                        scaleSets.Add(ScaleSet(random, number, subscription, region));
                        break;
                    case 1:
                        plans.Add(Plan(random, number, subscription, region));
                        break;
                    case 2:
                        declared.Add(DeclaredSamples.Database(Id(subscription, $"Microsoft.Sql/servers/sql-{number}/databases/orders"), Load(random, 4)) with { Region = region, InitialCapacity = 6 });
                        break;
                    case 3:
                        declared.Add(DeclaredSamples.EventHubs(Id(subscription, $"Microsoft.EventHub/namespaces/hubs-{number}"), Load(random, 4)) with { Region = region, InitialCapacity = 6 });
                        break;
                    default:
                        declared.Add(DeclaredSamples.ContainerApp(Id(subscription, $"Microsoft.App/containerApps/app-{number}"), Load(random, 4)) with { Region = region, InitialCapacity = 6 });
                        break;
                }
            }
        }

        return new EstateSpec(scaleSets) { Plans = plans, Declared = declared };
    }

    private static string Subscription(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number + 1:000000000000}");

    private static TargetId Id(string subscription, string resource) => TargetId.Parse($"/subscriptions/{subscription}/resourceGroups/rg-fleet/providers/{resource}");

    private static ScaleSetSpec ScaleSet(Random random, int number, string subscription, string region)
    {
        var mean = 2 + (random.NextDouble() * 6);
        return new ScaleSetSpec
        {
            Id = ScaleSetSpec.IdOf(subscription, "rg-fleet", $"vmss-{number}"),
            Load = Load(random, mean),
            InitialCapacity = (int)Math.Ceiling(mean * 1.3),
            Region = region,
            Zones = ["1", "2", "3"],
            Tags = Tags(number),
        };
    }

    private static PlanSpec Plan(Random random, int number, string subscription, string region)
    {
        var mean = 2 + (random.NextDouble() * 3);
        return new PlanSpec
        {
            Id = PlanSpec.IdOf(subscription, "rg-fleet", $"asp-{number}"),
            Load = Load(random, mean),
            InitialCapacity = (int)Math.Ceiling(mean * 1.3),
            Region = region,
            Tags = Tags(number),
        };
    }

    private static GeneratedLoad Load(Random random, double mean) => new(
        new GeneratedLoadShape
        {
            Mean = mean,
            DailyAmplitude = 0.2 + (random.NextDouble() * 0.5),
            PeakHour = 8 + (random.NextDouble() * 10),
            WeekendFactor = 0.7,
            BurstsPerDay = random.Next(3),
        },
        random.Next());

    private static Dictionary<string, string> Tags(int number) => new() { ["app"] = $"app-{number % 100}", ["env"] = "prod", ["owner"] = $"team-{number % 17}" };
}
