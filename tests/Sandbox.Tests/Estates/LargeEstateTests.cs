using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Tests.Estates;

public sealed class LargeEstateTests
{
    private static readonly EstateSpec Estate = LargeEstate.Create(1);

    [Fact]
    public void Holds_a_thousand_resources_in_twelve_subscriptions()
    {
        var all = Scaled.ToList();

        Assert.Equal(1000, all.Count);
        Assert.Equal(1000, all.Select(spec => spec.Id).Distinct().Count());
        Assert.Equal(12, all.Select(spec => spec.Id.Subscription).Distinct().Count());
        Assert.Equal(Estate.ManagementGroups.Keys.Order(), all.Select(spec => spec.Id.Subscription).Distinct().Order());
        Assert.All(Estate.Plans, plan => Assert.InRange(plan.InitialCapacity, 1, plan.MaximumInstances));
    }

    [Fact]
    public void A_third_of_it_shows_another_owner()
    {
        var settings = Estate.AutoscaleSettings.Select(TargetOf).ToHashSet();
        var owners = Scaled.Select(spec => Ownership.Of(new OwnershipFacts
        {
            Id = spec.Id,
            Tags = new TargetTags.Known(spec.Tags),
            GroupManagedBy = Estate.GroupManagers.GetValueOrDefault($"/subscriptions/{spec.Id.Subscription}/resourceGroups/{spec.Id.ResourceGroup}"),
            AutoscaleSetting = settings.Contains(spec.Id) ? "a setting" : null,
            ScalesItself = spec is PlanSpec { ScalesAutomatically: true } or PlanSpec { Tier: "ElasticPremium" or "Free" } ? "it does" : null,
        })).ToList();

        Assert.Equal(646, owners.Count(owner => owner.LeavesItToUs));
        foreach (var service in (string[])["AKS", "Databricks", "Batch", "Service Fabric", "cluster autoscaler", "Azure autoscale", "Azure"])
        {
            Assert.Contains(owners, owner => owner.Name.StartsWith(service, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_estate_and_another_one_another()
    {
        Assert.Equal(Names(Estate), Names(LargeEstate.Create(1)));
        Assert.Equal(Estate.All.Select(spec => spec.InitialCapacity), LargeEstate.Create(1).All.Select(spec => spec.InitialCapacity));
        Assert.NotEqual(Estate.All.Select(spec => spec.InitialCapacity), LargeEstate.Create(2).All.Select(spec => spec.InitialCapacity));
    }

    [Fact]
    public void Holds_a_few_of_every_other_kind_beside_them()
    {
        Assert.Equal(12, Estate.VirtualMachines.Count);
        Assert.Equal(
            ["Microsoft.ContainerService/managedClusters", "Microsoft.Sql/servers/databases"],
            Estate.Declared.Select(spec => spec.Id.ResourceType).Distinct().Order());
        Assert.Equal(Estate.All.Count(), Estate.All.Select(spec => spec.Id).Distinct().Count());
    }

    /// <summary>Scale sets and plans.</summary>
    private static IEnumerable<ResourceSpec> Scaled => Estate.ScaleSets.Cast<ResourceSpec>().Concat(Estate.Plans);

    private static IEnumerable<string> Names(EstateSpec estate) => estate.All.Select(spec => spec.Id.Value);

    private static TargetId TargetOf(AutoscaleSettingSpec setting) => TargetId.Parse(
        JsonDocument.Parse(setting.Json).RootElement.GetProperty("properties").GetProperty("targetResourceUri").GetString()!);
}
