using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class AgentPoolListTests : AzureTest
{
    private static readonly TargetId Cluster = TargetId.Parse(
        $"/subscriptions/{Subscription}/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/aks-1");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec(
        [
            Spec("web"), Spec("tagged") with { Tags = new Dictionary<string, string> { ["aks-managed-poolName"] = "user" } },
            Spec("grouped") with { Id = ScaleSetSpec.IdOf(Subscription, "MC_rg-aks_aks-1_westeurope", "grouped") },
        ])
        {
            Declared = [DeclaredSamples.Cluster(Cluster, new ConstantLoad(1))],
        },
    };

    [Fact]
    public async Task Pools_are_listed_with_their_count_and_the_reason_why_nobody_here_scales_them()
    {
        var seen = Assert.IsType<InventoryReading.Complete>(await Inventory().ListAsync(Cancellation));

        Assert.Equal([Web], seen.Targets.Select(target => target.Id));
        Assert.Equal(
            [
                ("aks-1/system", 3, "Standard_D4s_v5", "agent pools are only observed: the cluster's own API sets their count"),
                ("aks-1/user", 5, "Standard_D8s_v5", "agent pools are only observed: the cluster autoscaler keeps this one between 2 and 9"),
            ],
            Pools(seen).Select(pool => (pool.Id.Name, pool.Capacity, pool.Sku, pool.Owner.Why)));
    }

    [Fact]
    public async Task They_are_read_once_in_five_minutes()
    {
        var inventory = Inventory();
        for (var minute = 0; minute < 4; minute++)
        {
            await inventory.ListAsync(Cancellation);
            await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equal(1, Count(RequestKind.DeclaredList));
    }

    [Fact]
    public async Task Clusters_that_cannot_be_listed_are_told_and_put_nothing_in_doubt()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "managedClusters");

        var seen = Assert.IsType<InventoryReading.Complete>(await Inventory().ListAsync(Cancellation));

        var unread = Assert.Single(seen.Unread);
        Assert.Equal((Subscription, "Microsoft.ContainerService/managedClusters/agentPools"), (unread.Subscription, unread.ResourceType));
        Assert.StartsWith("AKS clusters: HTTP 403", unread.Why, StringComparison.Ordinal);
    }

    /// <summary>The list of clusters says nothing of who owns a scale set: its group, its tags and what manages it do.</summary>
    [Fact]
    public async Task What_AKS_owns_stays_its_own_while_clusters_cannot_be_listed()
    {
        Fault(new AnswerWith(503, "ServiceUnavailable"), "GET", "managedClusters");

        var seen = await Inventory().ListAsync(Cancellation);

        Assert.Equal([Web], seen.Targets.Select(target => target.Id));
        Assert.Equal(["grouped", "tagged"], seen.LeftAlone.Where(each => each.Owner.Name.StartsWith("AKS", StringComparison.Ordinal)).Select(each => each.Id.Name).Order());
    }

    private static IEnumerable<ObservedTarget> Pools(InventoryReading seen) =>
        seen.LeftAlone.Where(each => each.Id.ResourceType == "Microsoft.ContainerService/managedClusters/agentPools");

    private EstateInventory Inventory()
    {
        var arm = Connect();
        return new EstateInventory(arm, [new ScaleSetList(arm), new AgentPoolList(arm)], [Subscription], new EstateFacts(arm));
    }
}
