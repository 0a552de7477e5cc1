using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Inventory;

public sealed class LeftoverSourceTests : AzureTest
{
    private const string Managed = "mc_shop";

    protected override SandboxOptions Options()
    {
        var estate = LeftoverEstate.Create(seed: 1);
        return new()
        {
            Throttle = ThrottleLimits.None,
            Estate = estate with
            {
                Idle = [.. estate.Idle, new DiskSpec { Id = DiskSpec.IdOf(Subscription, Managed, "pvc") }],
                GroupManagers = new Dictionary<string, string> { [$"/subscriptions/{Subscription}/resourceGroups/{Managed}"] = "/…/managedClusters/aks" },
            },
        };
    }

    [Fact]
    public async Task Reads_who_uses_what()
    {
        var resources = Assert.IsType<StandingReading.Known>(await ReadAsync()).Resources.ToDictionary(resource => resource.Id.Name);

        var left = Assert.IsType<StandingResource.Disk>(resources["disk-left"]);
        Assert.Equal((false, "", 128, "Premium_LRS", "westeurope", ""), (left.IsAttached, left.UsedBy, left.Gigabytes, left.Sku, left.Region, left.Manager));
        Assert.Equal(new DateTimeOffset(2025, 9, 1, 8, 0, 0, TimeSpan.Zero), left.Since);
        Assert.Equal("shop", Assert.IsType<TargetTags.Known>(left.Tags).Values["app"]);
        Assert.IsType<ManagementGroups.Read>(left.ManagementGroups);
        Assert.EndsWith("/vm-parked", Assert.IsType<StandingResource.Disk>(resources["disk-parked"]).UsedBy, StringComparison.Ordinal);
        Assert.Equal("/…/managedClusters/aks", resources["pvc"].Manager);
        Assert.Equal(128, Assert.IsType<StandingResource.Snapshot>(resources["snap-before-upgrade"]).Gigabytes);
        Assert.False(Assert.IsType<StandingResource.Address>(resources["ip-left"]).IsUsed);
        Assert.True(Assert.IsType<StandingResource.Address>(resources["ip-of-gateway"]).IsUsed);
        Assert.Equal((0, 1), Assert.IsType<StandingResource.Balancer>(resources["lb-left"]) is var empty ? (empty.Backends, empty.Rules) : default);
        Assert.Equal(1, Assert.IsType<StandingResource.Balancer>(resources["lb-web"]).Backends);
        Assert.Equal(0, Assert.IsType<StandingResource.Plan>(resources["plan-old"]).Sites);
        Assert.True(Assert.IsType<StandingResource.Machine>(resources["vm-parked"]).IsDeallocated);
        Assert.False(Assert.IsType<StandingResource.Machine>(resources["vm-build"]).IsDeallocated);
    }

    [Fact]
    public async Task A_refusal_is_no_empty_estate()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: "Microsoft.ResourceGraph");

        Assert.Contains("AuthorizationFailed", Assert.IsType<StandingReading.Missing>(await ReadAsync()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"properties\": { \"diskSizeGB\": 4 }", "diskState")]
    [InlineData("\"properties\": { \"diskState\": \"Unattached\" }", "size")]
    [InlineData("\"properties\": null", "properties")]
    public async Task A_row_that_does_not_say_what_it_is_makes_all_of_it_missing(string members, string expected)
    {
        Fault(
            new AnswerWith(200, Body: $$"""
            {"totalRecords": 1, "count": 1, "resultTruncated": "false", "facets": [],
             "data": [{"id": "{{DiskSpec.IdOf(Subscription, "shop", "x").Value}}", "managedBy": "", "tags": null, {{members}} }] }
            """),
            target: "Microsoft.ResourceGraph", skip: 3);

        Assert.Contains(expected, Assert.IsType<StandingReading.Missing>(await ReadAsync()).Why, StringComparison.Ordinal);
    }

    private Task<StandingReading> ReadAsync() => new LeftoverSource(Connect(), [Subscription]).ReadAsync(Cancellation);
}
