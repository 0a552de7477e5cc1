using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Tests.Graph;

public sealed class GraphEndpointTests
{
    private const string Url = "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";

    private const string Sets = "resources | where type in~ ('microsoft.compute/virtualmachinescalesets') | project id, managedBy, tags | order by id asc";

    [Fact]
    public async Task Lists_resources_page_by_page_in_the_order_of_their_ids()
    {
        await using var host = await StartAsync();

        var first = await AskAsync(host, Sets, """{"$top":2}""");
        var token = first.GetProperty("$skipToken").GetString();
        var second = await AskAsync(host, Sets, $$$"""{"$top":2,"$skipToken":"{{{token}}}"}""");

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal((3, 2, "true"), Sizes(first));
        Assert.Equal(["web"], Names(second));
        Assert.Equal((3, 1, "false"), Sizes(second));
        Assert.False(second.TryGetProperty("$skipToken", out _));
        Assert.Equal("web", second.GetProperty("data")[0].GetProperty("tags").GetProperty("app").GetString());
    }

    [Fact]
    public async Task Tells_what_stands_above_a_subscription_and_behind_its_groups()
    {
        await using var host = await StartAsync();

        var chain = (await AskAsync(
            host, "resourcecontainers | where type =~ 'Microsoft.Resources/subscriptions' | project id, chain = properties.managementGroupAncestorsChain"))
            .GetProperty("data")[0].GetProperty("chain");
        var groups = await AskAsync(
            host,
            "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | where isnotempty(managedBy) | project id, managedBy");

        Assert.Equal(["mg-prod", "mg-root"], chain.EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.Equal("/an/aks/cluster", Assert.Single(groups.GetProperty("data").EnumerateArray()).GetProperty("managedBy").GetString());
    }

    [Theory]
    [InlineData("resources | where name contains 'x'")]
    [InlineData("resources | summarize count()")]
    [InlineData("secrets | project id")]
    public async Task Refuses_what_it_does_not_understand(string query)
    {
        await using var host = await StartAsync();

        Assert.Equal(400, (await SendAsync(host, query, "{}")).Status);
    }

    [Theory]
    [InlineData("""{"$top":1001}""")]
    [InlineData("""{"$top":0}""")]
    [InlineData("""{"$skipToken":"mine"}""")]
    public async Task Refuses_pages_beyond_its_limits(string options)
    {
        await using var host = await StartAsync();

        Assert.Equal(400, (await SendAsync(host, Sets, options)).Status);
    }

    [Fact]
    public async Task A_truncated_result_says_so_and_gives_no_token()
    {
        await using var host = await StartAsync();
        host.Server.Faults.Set(new TruncateResult(1));

        var answer = await AskAsync(host, Sets);

        Assert.Equal((3, 1, "true"), Sizes(answer));
        Assert.False(answer.TryGetProperty("$skipToken", out _));
    }

    [Fact]
    public async Task Fifteen_queries_in_five_seconds_are_what_a_principal_has()
    {
        await using var host = await StartAsync();
        for (var query = 0; query < 15; query++)
        {
            await AskAsync(host, Sets);
        }

        Assert.Equal(429, (await SendAsync(host, Sets, "{}")).Status);
        Assert.Equal(0, host.Server.Requests.Total - 16);
        Assert.Empty(host.Server.Writes.All);
    }

    [Fact]
    public async Task Lists_deny_assignments_as_they_are_given()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync($"https://management.azure.com/subscriptions/{SandboxHost.Subscription}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01");

        Assert.Equal("deny-web", Assert.Single(answer.Json.GetProperty("value").EnumerateArray()).GetProperty("name").GetString());
    }

    private static Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(options => options with
    {
        Estate = new EstateSpec([SandboxHost.Service("web"), SandboxHost.Service("b"), SandboxHost.Service("a"), SandboxHost.Service("new") with { IsIndexed = false }])
        {
            ManagementGroups = new Dictionary<string, IReadOnlyList<string>> { [SandboxHost.Subscription] = ["mg-prod", "mg-root"] },
            GroupManagers = new Dictionary<string, string> { [$"/subscriptions/{SandboxHost.Subscription}/resourceGroups/shop"] = "/an/aks/cluster" },
            DenyAssignments = [Entry("deny-web", SandboxHost.Subscription), Entry("other", "elsewhere")],
        },
    });

    private static string Entry(string name, string subscription) => $$$"""{"id":"/subscriptions/{{{subscription}}}/x/{{{name}}}","name":"{{{name}}}","properties":{}}""";

    private static async Task<JsonElement> AskAsync(SandboxHost host, string query, string options = "{}")
    {
        var answer = await SendAsync(host, query, options);
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }

    private static Task<SandboxHost.Answer> SendAsync(SandboxHost host, string query, string options) => host.SendAsync(
        HttpMethod.Post, Url, $$$"""{"subscriptions":["{{{SandboxHost.Subscription}}}"],"query":{{{JsonSerializer.Serialize(query)}}},"options":{{{options}}}}""");

    private static IEnumerable<string> Names(JsonElement answer) =>
        answer.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!.Split('/')[^1]);

    private static (int Total, int Count, string Truncated) Sizes(JsonElement answer) => (
        answer.GetProperty("totalRecords").GetInt32(), answer.GetProperty("count").GetInt32(), answer.GetProperty("resultTruncated").GetString()!);
}
