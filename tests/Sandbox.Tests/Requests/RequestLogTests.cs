using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Tests.Requests;

public sealed class RequestLogTests
{
    [Theory]
    [InlineData("GET", "https://graph.microsoft.com/v1.0/me?api-version=1")]
    [InlineData("GET", "https://management.azure.com/providers/Microsoft.Unknown?api-version=1")]
    [InlineData("DELETE", "https://management.azure.com/subscriptions/00000000-0000-4000-8000-00000000000a?api-version=2022-12-01")]
    [InlineData("PUT", "https://management.azure.com/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web?api-version=2024-07-01")]
    public async Task What_the_sandbox_does_not_have_is_not_found_and_noted(string method, string url)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.SendAsync(new HttpMethod(method), url);

        Assert.Equal((404, "NotFound"), (answer.Status, answer.Code));
        Assert.Equal($"{method} {url}", Assert.Single(host.Server.Requests.Unexpected));
        Assert.Equal(method == "GET" ? 0 : 1, host.Server.Writes.All.Count);
    }

    [Fact]
    public async Task Counts_by_method_and_kind()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        await host.GetAsync(SandboxHost.Url(SandboxHost.Web));
        await host.PatchAsync(SandboxHost.Web, 6);

        Assert.Equal(
            [new RequestCount("GET", RequestKind.ScaleSet, 2), new RequestCount("PATCH", RequestKind.ScaleSet, 1)],
            host.Server.Requests.Counts);
    }

    [Fact]
    public void Remembers_a_thousand_unexpected_requests_and_counts_the_rest()
    {
        var log = new RequestLog();
        for (var i = 0; i < 1500; i++)
        {
            log.Add($"M{i}", RequestKind.Unexpected, "x");
        }

        Assert.Equal((1000, 1500, 1), (log.Unexpected.Count, log.Count(RequestKind.Unexpected), log.Counts.Count));
    }
}
