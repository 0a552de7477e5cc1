using CsCheck;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Targets;

public sealed class OwnershipTests
{
    private const int Cases = 10_000;

    private const string Group = "/subscriptions/s-1/resourceGroups/rg/providers/";

    private static OwnershipFacts Nothing { get; } = new() { Id = Some.Id(), Tags = Tags() };

    [Fact]
    public void What_shows_no_other_owner_is_nobodys() => Assert.Equal(CapacityOwner.Nobody, Ownership.Of(Nothing));

    [Theory]
    [InlineData("aks-managed-poolName", "user", "AKS")]
    [InlineData("AKS-managed-orchestrator", "Kubernetes:1.33.3", "AKS")]
    [InlineData("vendor", "databricks", "Databricks")]
    [InlineData("resourceType", "Service Fabric", "Service Fabric")]
    [InlineData("cluster-autoscaler-enabled", "true", "cluster autoscaler")]
    [InlineData("cluster-autoscaler-name", "prod", "cluster autoscaler")]
    [InlineData("k8s.io_cluster-autoscaler_node-template_label_pool", "a", "cluster autoscaler")]
    [InlineData("cm-resource-parent", Group + "Microsoft.DesktopVirtualization/hostPools/desk", "Azure Virtual Desktop desk")]
    public void Knows_services_by_their_tags(string tag, string value, string owner) =>
        IsService(owner, Nothing with { Tags = Tags((tag, value)) });

    [Theory]
    [InlineData("Vendor", "somebody")]
    [InlineData("resourceType", "web")]
    [InlineData("cluster-autoscaler-enabled", "false")]
    [InlineData("cm-resource-parent", Group + "Microsoft.Web/sites/shop")]
    [InlineData("my-aks-managed-thing", "x")]
    public void Tags_that_only_look_alike_are_no_sign(string tag, string value) =>
        Assert.Equal(CapacityOwner.Nobody, Ownership.Of(Nothing with { Tags = Tags((tag, value)) }));

    [Theory]
    [InlineData("Microsoft.ContainerService/managedClusters/prod-1", "AKS prod-1")]
    [InlineData("microsoft.databricks/WORKSPACES/lake", "Databricks lake")]
    [InlineData("Microsoft.Batch/batchAccounts/render", "Batch render")]
    [InlineData("Microsoft.ServiceFabric/managedClusters/sf", "Service Fabric managed cluster sf")]
    [InlineData("Contoso.Things/boxes/b1", "Contoso.Things/boxes/b1")]
    public void Whatever_manages_the_resource_or_its_group_owns_it(string manager, string owner)
    {
        IsService(owner, Nothing with { ManagedBy = Group + manager });
        IsService(owner, Nothing with { GroupManagedBy = Group + manager });
    }

    [Theory]
    [InlineData("MC_rg_prod_westeurope", "AKS")]
    [InlineData("mc_rg_prod_westeurope", "AKS")]
    [InlineData("databricks-rg-lake-abc", "Databricks")]
    [InlineData("azurebatch-1f3-c", "Batch")]
    [InlineData("SFC_6d7", "Service Fabric managed cluster")]
    public void Knows_services_by_the_groups_they_make(string group, string owner) => IsService(owner, Nothing with
    {
        Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/{group}/providers/{Some.ScaleSet}/x"),
    });

    [Fact]
    public void Autoscale_of_Azure_is_an_owner_and_so_is_a_deny_assignment()
    {
        Assert.Equal(
            "Azure autoscale sets its capacity: the setting scale-web is enabled", Ownership.Of(Nothing with { AutoscaleSetting = "scale-web" }).Why);
        Assert.Equal(OwnerKind.Denied, Ownership.Of(Nothing with { DenyAssignment = "locked" }).Kind);
        Assert.Equal("an elastic plan scales by itself", Ownership.Of(Nothing with { ScalesItself = "an elastic plan scales by itself" }).Why);
    }

    [Fact]
    public void What_could_not_be_read_makes_no_resource_ours()
    {
        Assert.Equal(OwnerKind.Unknown, Ownership.Of(Nothing with { NotRead = "HTTP 500" }).Kind);
        Assert.Equal(OwnerKind.Unknown, Ownership.Of(Nothing with { Tags = new TargetTags.Unknown("403") }).Kind);
        Assert.Equal(OwnerKind.Service, Ownership.Of(Nothing with { NotRead = "HTTP 500", Tags = Tags(("aks-managed-poolName", "a")) }).Kind);
    }

    [Fact]
    public void Knowing_less_never_makes_a_resource_ours() => Gen.Select(
        Chaos.OneOf("", "aks-managed-poolName", "app"), Chaos.OneOf<string?>(null, "setting"), Chaos.OneOf<string?>(null, Group + "Contoso.X/y/z"),
        Chaos.OneOf<string?>(null, "elastic"), Chaos.OneOf<string?>(null, "deny"), Gen.Int[0, 4]).Sample(
        (tag, setting, manager, itself, denied, hidden) =>
        {
            var all = Nothing with
            {
                Tags = tag.Length == 0 ? Tags() : Tags((tag, "x")),
                AutoscaleSetting = setting,
                GroupManagedBy = manager,
                ScalesItself = itself,
                DenyAssignment = denied,
            };
            var less = hidden switch
            {
                0 => all with { Tags = new TargetTags.Unknown("403") },
                1 => all with { AutoscaleSetting = null, NotRead = "403" },
                2 => all with { GroupManagedBy = null, NotRead = "403" },
                _ => all with { NotRead = "403" },
            };
            return Ownership.Of(all).LeavesItToUs || !Ownership.Of(less).LeavesItToUs;
        },
        iter: Cases);

    private static void IsService(string owner, OwnershipFacts facts)
    {
        var found = Ownership.Of(facts);
        Assert.Equal((OwnerKind.Service, owner), (found.Kind, found.Name));
        Assert.NotEmpty(found.Evidence);
    }

    private static TargetTags.Known Tags(params (string Name, string Value)[] tags) => new(tags.ToDictionary(tag => tag.Name, tag => tag.Value));
}
