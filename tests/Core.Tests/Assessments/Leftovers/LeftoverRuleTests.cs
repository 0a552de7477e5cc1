using CsCheck;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Assessments.Leftovers;

public sealed class LeftoverRuleTests
{
    private static readonly UsageFindingsPolicy Policy = new() { Name = "findings", Source = Some.Source, Select = new TargetSelector() };

    private static readonly TargetTags Read = new TargetTags.Known(new Dictionary<string, string>());

    [Theory]
    [InlineData(false, "", LeftoverKind.UnattachedDisk)]
    [InlineData(true, "", null)]
    [InlineData(false, "/vm", null)]
    public void A_disk_that_no_machine_has_stands_about(bool isAttached, string usedBy, LeftoverKind? expected) =>
        Assert.Equal(expected, Of(Disk(usedBy, isAttached))?.Kind);

    [Fact]
    public void A_disk_is_billed_by_its_tier_and_told_with_the_command_that_deletes_it()
    {
        var found = Of(Disk("", isAttached: false))!;

        Assert.Equal(("microsoft.compute/disks", "P10 LRS", "westeurope", 1m), (found.Parts[0].Query.ResourceType, found.Parts[0].Query.Sku, found.Parts[0].Query.Region, found.Parts[0].Units));
        Assert.Equal("100 GB of Premium_LRS, no machine has it since 2026-02-01", found.What);
        Assert.Equal($"az disk delete --ids '{Id("Microsoft.Compute/disks").Value}'", found.Command);
    }

    /// <summary>90 days to the moment.</summary>
    [Fact]
    public void A_snapshot_is_old_from_the_age_on_that_the_policy_says()
    {
        StandingResource.Snapshot Taken(TimeSpan ago) => new(Id("Microsoft.Compute/snapshots"), 128, Some.Noon - ago) { Region = "westeurope" };

        Assert.Null(Of(Taken(TimeSpan.FromDays(90) - TimeSpan.FromTicks(1))));
        var old = Of(Taken(TimeSpan.FromDays(90)))!;
        Assert.Equal((LeftoverKind.OldSnapshot, true, 128m, "Snapshots LRS"), (old.Kind, old.IsAtMost, old.Parts[0].Units, old.Parts[0].Query.Sku));
    }

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 2, null)]
    public void A_load_balancer_with_nothing_behind_costs_by_its_rules(int backends, int rules, int? parts) => Assert.Equal(
        parts, Of(new StandingResource.Balancer(Id("Microsoft.Network/loadBalancers"), backends, rules) { Sku = "Standard" })?.Parts.Count);

    [Fact]
    public void An_address_that_nothing_has_stands_about()
    {
        Assert.Null(Of(new StandingResource.Address(Id("Microsoft.Network/publicIPAddresses"), IsUsed: true)));
        Assert.Equal(LeftoverKind.UnusedAddress, Of(new StandingResource.Address(Id("Microsoft.Network/publicIPAddresses"), IsUsed: false) { Sku = "Standard" })!.Kind);
    }

    [Theory]
    [InlineData(0, "P1v3", LeftoverKind.EmptyPlan)]
    [InlineData(0, "F1", null)]
    [InlineData(1, "P1v3", null)]
    public void A_plan_without_an_app_stands_about_unless_it_is_free(int sites, string size, LeftoverKind? expected) =>
        Assert.Equal(expected, Of(new StandingResource.Plan(Id("Microsoft.Web/serverfarms"), sites) { Sku = size })?.Kind);

    /// <summary>Its disks are paid for: they are what it costs.</summary>
    [Fact]
    public void A_deallocated_machine_costs_its_disks()
    {
        var machine = new StandingResource.Machine(Id("Microsoft.Compute/virtualMachines"), IsDeallocated: true);

        Assert.Equal(["P10 LRS", "P10 LRS"], LeftoverRule.Of(machine, [Disk("/vm", true), Disk("/vm", true)], Nothing, Policy, Some.Noon)!.Parts.Select(part => part.Query.Sku));
        Assert.Null(Of(machine with { IsDeallocated = false }));
    }

    [Fact]
    public void What_something_manages_is_left_to_it() => Assert.Null(Of(Disk("", isAttached: false) with { Manager = "/subscriptions/s/…/managedClusters/aks" }));

    /// <summary>3 % of one machine; of four instances four times as much load is idle.</summary>
    [Theory]
    [InlineData("Microsoft.Compute/virtualMachines", 1, 0.03, LeftoverKind.IdleMachine)]
    [InlineData("Microsoft.Compute/virtualMachines", 1, 0.031, null)]
    [InlineData("Microsoft.Web/serverfarms", 4, 0.12, LeftoverKind.IdlePlan)]
    [InlineData("Microsoft.Web/serverfarms", 4, 0.13, null)]
    [InlineData("Microsoft.Web/serverfarms", 0, 0, null)]
    public void What_runs_and_does_next_to_nothing_is_idle(string type, int capacity, double load, LeftoverKind? expected) =>
        Assert.Equal(expected, LeftoverRule.Of(Some.Target(capacity) with { Id = Id(type) }, Use(load), Policy)?.Kind);

    [Fact]
    public void What_could_not_be_measured_is_not_idle() =>
        Assert.Null(LeftoverRule.Of(Some.Target(1) with { Id = Id("Microsoft.Compute/virtualMachines") }, new CapacityUse.Unjudged("no values"), Policy));

    [Theory]
    [InlineData(2, "--number-of-workers 1")]
    [InlineData(1, "--sku B1")]
    public void An_idle_plan_is_made_smaller_and_not_deleted(int capacity, string ending) => Assert.EndsWith(
        ending, LeftoverRule.Of(Some.Target(capacity) with { Id = Id("Microsoft.Web/serverfarms") }, Use(0), Policy)!.Command, StringComparison.Ordinal);

    [Theory]
    [InlineData("Premium_LRS", 1, "P1 LRS")]
    [InlineData("Premium_ZRS", 128, "P10 ZRS")]
    [InlineData("Premium_LRS", 129, "P15 LRS")]
    [InlineData("StandardSSD_LRS", 32767, "E80 LRS")]
    [InlineData("Standard_LRS", 4, "S4 LRS")]
    [InlineData("UltraSSD_LRS", 128, null)]
    [InlineData("PremiumV2_LRS", 128, null)]
    [InlineData("Premium_LRS", 40000, null)]
    public void Disks_are_rounded_up(string sku, int gigabytes, string? tier) => Assert.Equal(tier, DiskTier.Of(sku, gigabytes));

    [Fact]
    public void A_larger_disk_never_has_a_smaller_tier() => Gen.Select(Gen.Int[1, 32767], Gen.Int[1, 32767]).Sample((one, other) =>
    {
        static int Step(int gigabytes) => int.Parse(DiskTier.Of("Premium_LRS", gigabytes)![1..^4], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(one <= other ? Step(one) <= Step(other) : Step(one) >= Step(other));
    });

    private static readonly IReadOnlyDictionary<string, ObservedTarget> Nothing = new Dictionary<string, ObservedTarget>();

    private static Leftover? Of(StandingResource resource) => LeftoverRule.Of(resource, [], Nothing, Policy, Some.Noon);

    private static StandingResource.Disk Disk(string usedBy, bool isAttached) => new(Id("Microsoft.Compute/disks"), usedBy, isAttached, 100, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero))
    {
        Region = "westeurope",
        Sku = "Premium_LRS",
        Tags = Read,
    };

    private static CapacityUse.Judged Use(double load) => new() { MeanInstances = 1, IsCountAssumed = false, Load = load, MeanPercent = 1, Needed = 1, Coverage = 1 };

    private static TargetId Id(string type) => TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{type}/left");
}
