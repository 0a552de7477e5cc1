using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Tests.Graph;

public sealed class IdleThingsTests
{
    private const string Url = "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    private const string Group = "shop";

    [Fact]
    public async Task Lists_what_stands_about_with_what_tells_that_it_does()
    {
        var attached = new DiskSpec { Id = DiskSpec.IdOf(SandboxHost.Subscription, Group, "attached"), UsedBy = "/a/machine" };
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = options.Estate with
            {
                Idle =
                [
                    attached,
                    new DiskSpec { Id = DiskSpec.IdOf(SandboxHost.Subscription, Group, "left"), Tags = new Dictionary<string, string> { ["owner"] = "ann" } },
                    new PublicAddressSpec { Id = PublicAddressSpec.IdOf(SandboxHost.Subscription, Group, "unused") },
                    new PublicAddressSpec { Id = PublicAddressSpec.IdOf(SandboxHost.Subscription, Group, "used"), UsedBy = "/a/gateway", IsOfGateway = true },
                    new LoadBalancerSpec { Id = LoadBalancerSpec.IdOf(SandboxHost.Subscription, Group, "empty") },
                    new LoadBalancerSpec { Id = LoadBalancerSpec.IdOf(SandboxHost.Subscription, Group, "full"), Backends = ["/an/interface"] },
                    new SnapshotSpec { Id = SnapshotSpec.IdOf(SandboxHost.Subscription, Group, "old"), Source = attached.Id.Value },
                ],
            },
        });

        var rows = await RowsAsync(
            host, "'microsoft.compute/disks', 'microsoft.compute/snapshots', 'microsoft.network/publicipaddresses', 'microsoft.network/loadbalancers'");

        Assert.Equal(("Attached", "/a/machine"), (Property(rows["attached"], "diskState").GetString(), rows["attached"].GetProperty("managedBy").GetString()));
        Assert.Equal(("Unattached", ""), (Property(rows["left"], "diskState").GetString(), rows["left"].GetProperty("managedBy").GetString()));
        Assert.Equal(("Premium_LRS", "ann"), (rows["left"].GetProperty("sku").GetProperty("name").GetString(), rows["left"].GetProperty("tags").GetProperty("owner").GetString()));
        Assert.False(rows["unused"].GetProperty("properties").TryGetProperty("ipConfiguration", out _));
        Assert.Equal("/a/gateway", Property(rows["used"], "natGateway").GetProperty("id").GetString());
        Assert.Equal((0, 1), (Backends(rows["empty"]), Backends(rows["full"])));
        Assert.Equal(attached.Id.Value, Property(rows["old"], "creationData").GetProperty("sourceResourceId").GetString());
    }

    [Fact]
    public async Task Tells_whether_a_plan_is_empty_and_a_machine_runs()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = options.Estate with
            {
                Plans = [new PlanSpec { Id = PlanSpec.IdOf(SandboxHost.Subscription, Group, "empty"), Load = SandboxHost.Service("x").Load, Sites = 0 }],
                VirtualMachines =
                [
                    new VirtualMachineSpec { Id = VirtualMachineSpec.IdOf(SandboxHost.Subscription, Group, "off"), Load = SandboxHost.Service("x").Load, InitialCapacity = 0 },
                ],
            },
        });

        var rows = await RowsAsync(host, "'microsoft.web/serverfarms', 'microsoft.compute/virtualmachines'");

        Assert.Equal(0, Property(rows["empty"], "numberOfSites").GetInt32());
        Assert.Equal(
            "PowerState/deallocated",
            Property(rows["off"], "extended").GetProperty("instanceView").GetProperty("powerState").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("P10 LRS Disk", "1/Month")]
    [InlineData("LRS Snapshots", "1 GB/Month")]
    [InlineData("Standard IPv4 Static Public IP", "1 Hour")]
    public async Task Prices_it_by_its_own_unit(string meter, string unit)
    {
        await using var host = await SandboxHost.StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = null;

        var answer = await host.GetAsync($"https://prices.azure.com/api/retail/prices?$filter=meterName eq '{meter}' and armRegionName eq 'westeurope'");

        Assert.Equal(unit, Assert.Single(answer.Json.GetProperty("Items").EnumerateArray()).GetProperty("unitOfMeasure").GetString());
    }

    private static async Task<Dictionary<string, JsonElement>> RowsAsync(SandboxHost host, string types)
    {
        var query = $"resources | where type in~ ({types}) | project id, name, type, location, managedBy, sku, tags, properties | order by id asc";
        var answer = await host.SendAsync(HttpMethod.Post, Url, $$"""{"subscriptions": ["{{SandboxHost.Subscription}}"], "query": "{{query}}"}""");
        Assert.Equal(200, answer.Status);
        return answer.Json.GetProperty("data").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
    }

    private static JsonElement Property(JsonElement row, string name) => row.GetProperty("properties").GetProperty(name);

    private static int Backends(JsonElement row) =>
        Property(row, "backendAddressPools")[0].GetProperty("properties").GetProperty("backendIPConfigurations").GetArrayLength();
}
