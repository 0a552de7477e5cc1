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
        Estate = new EstateSpec([Spec("web")]) { Declared = [DeclaredSamples.Cluster(Cluster, new ConstantLoad(1))] },
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
            seen.LeftAlone.Select(pool => (pool.Id.Name, pool.Capacity, pool.Sku, pool.Owner.Why)));
        Assert.All(seen.LeftAlone, pool => Assert.Equal("Microsoft.ContainerService/managedClusters/agentPools", pool.Id.ResourceType));
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
    public async Task Clusters_that_cannot_be_listed_make_the_inventory_partial()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "managedClusters");

        Assert.Contains("AKS clusters", Assert.IsType<InventoryReading.Partial>(await Inventory().ListAsync(Cancellation)).Reason, StringComparison.Ordinal);
    }

    private EstateInventory Inventory()
    {
        var arm = Connect();
        return new EstateInventory(arm, [new ScaleSetList(arm), new AgentPoolList(arm)], [Subscription], new EstateFacts(arm));
    }
}
