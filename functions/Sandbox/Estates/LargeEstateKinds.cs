using System.Globalization;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>
/// What the large estate holds beside its thousand scale sets and plans, in each subscription: an AKS cluster, whose pools are
/// listed and left alone, and a database and a build machine, which nobody sees who has no policy for them.
/// </summary>
internal static class LargeEstateKinds
{
    public static IEnumerable<DeclaredSpec> Declared(LargeEstateSubscription subscription)
    {
        var cluster = string.Create(CultureInfo.InvariantCulture, $"aks-{subscription.Environment}-{subscription.Number:00}-1");
        yield return DeclaredSamples.Cluster(
            Id(subscription, $"rg-{cluster}", $"Microsoft.ContainerService/managedClusters/{cluster}"), new ConstantLoad(1));
        yield return DeclaredSamples.Database(
            Id(subscription, Group(subscription), string.Create(CultureInfo.InvariantCulture, $"Microsoft.Sql/servers/sql-shop-{subscription.Number:00}/databases/orders")),
            new ConstantLoad(3)) with
        {
            InitialCapacity = 4,
            Tags = Tags(subscription),
        };
    }

    public static VirtualMachineSpec Machine(LargeEstateSubscription subscription) => new()
    {
        Id = Id(subscription, Group(subscription), string.Create(CultureInfo.InvariantCulture, $"Microsoft.Compute/virtualMachines/vm-build-{subscription.Number:00}")),
        Load = new ConstantLoad(0.3),
        IsStopped = subscription.Number % 3 == 0,
        Tags = Tags(subscription),
    };

    private static string Group(LargeEstateSubscription subscription) =>
        string.Create(CultureInfo.InvariantCulture, $"rg-shop-{subscription.Environment}-{subscription.Number:00}");

    private static TargetId Id(LargeEstateSubscription subscription, string group, string resource) =>
        TargetId.Parse($"/subscriptions/{subscription.Id}/resourceGroups/{group}/providers/{resource}");

    private static Dictionary<string, string> Tags(LargeEstateSubscription subscription) =>
        new() { ["app"] = "shop", ["env"] = subscription.Environment, ["owner"] = "team-shop" };
}
