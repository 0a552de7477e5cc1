using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Scale sets, virtual machines that a schedule stops, and databases of a declared kind that are sold in steps, under one cap of the fleet.</summary>
internal static class MixedEstate
{
    public const string Database = "Microsoft.Sql/servers/databases";
    public const string Machine = "Microsoft.Compute/virtualMachines";

    public static readonly IReadOnlyList<int> Steps = [10, 20, 50, 100];

    /// <summary>How much more than at first the fleet may have: the steps of two databases and what scale sets add, and not those of all.</summary>
    private const int Room = 60;

    public static bool IsMachine(TargetId target) => target.ResourceType == Machine;

    public static int Cap(Estate estate) => estate.Sets.Values.Sum(set => set.CapacityAtFirst) + Room;

    public static Estate Of(EstateStory story)
    {
        var targets = Enumerable.Range(0, story.Targets).Select(number => Target(number, story)).ToList();
        return new Estate(targets, Policies(targets.Sum(target => target.Capacity) + Room));
    }

    private static ObservedTarget Target(int number, EstateStory story)
    {
        var subscription = number % 4 == 3 ? $"S-{number % story.Subscriptions}" : $"s-{number % story.Subscriptions}";
        var like = Estate.Target("any", 4 + (number % 5), subscription, $"region-{number / 3 % story.Regions}");
        var group = $"/subscriptions/{subscription}/resourceGroups/shop/providers";
        return (number % 3) switch
        {
            0 => like with { Id = TargetId.Parse($"{group}/Microsoft.Compute/virtualMachineScaleSets/web-{number:d3}") },
            1 => like with
            {
                Id = TargetId.Parse($"{group}/{Machine}/build-{number:d3}"),
                Capacity = 1,
                Least = new PlatformBound(0, "a virtual machine"),
                Most = new PlatformBound(1, "a virtual machine"),
            },
            _ => like with { Id = TargetId.Parse($"{group}/Microsoft.Sql/servers/db/databases/orders-{number:d3}"), Sku = "Standard", Capacity = Steps[((number / 3) + 1) % 4] },
        };
    }

    /// <summary>The machines' office closes two minutes after noon, when the histories are under way.</summary>
    private static readonly PolicySet Usual = Read();

    private static PolicySet Policies(int most) => Usual with { Guardrails = [Usual.Guardrails[0] with { Fleet = new FleetCaps(most, null), MaxLoweredPercentPerHour = 100 }] };

    private static PolicySet Read()
    {
        var policies = PolicyReader.Read([new PolicyFile("mixed.yml", Encoding.UTF8.GetBytes(
            """
            apiVersion: scalefunctions/v1
            kind: ResourceKind
            metadata: { name: database }
            spec: { type: Microsoft.Sql/servers/databases, apiVersion: 2021-11-01, capacity: sku.capacity, write: PATCH, minimum: 10, maximum: 100, sizes: [ { names: [Standard], steps: [10, 20, 50, 100] } ] }
            ---
            apiVersion: scalefunctions/v1
            kind: Guardrails
            metadata: { name: platform }
            spec: { resourceKinds: [database], fleet: { maximumInstances: 1 } }
            ---
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { any: [ { type: vmss }, { type: database } ] }, mode: act }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: shop }
            spec: { workload: shop, instances: { minimum: 1, maximum: 100 }, scaleIn: { stabilization: 0s } }
            ---
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: shop }
            spec: { workload: shop, signals: [ { name: cpu, metric: Percentage CPU, window: 3m } ], targetTracking: [ { signal: cpu, target: 60 } ] }
            ---
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: office }
            spec: { select: { type: vm }, mode: act }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: office }
            spec:
              workload: office
              instances: { minimum: 0, maximum: 1, follow: schedule }
              scaleIn: { stabilization: 0s }
              floors: [ { when: "Mon-Fri 08:00-12:02", timeZone: UTC, minimum: 1, reason: office hours } ]
            """))]);
        Assert.Empty(policies.Errors);
        return policies;
    }
}
