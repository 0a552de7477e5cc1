namespace ScaleFunctions.Sandbox.Tests.Arm;

public sealed class ApiVersionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?api-version=")]
    [InlineData("?other=1")]
    public async Task A_request_without_a_version_is_refused(string query)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.GetAsync($"https://management.azure.com{SandboxHost.Web}{query}");

        Assert.Equal((400, "MissingApiVersionParameter"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("", "2099-01-01", "NoRegisteredProviderFound", "2024-07-01")]
    [InlineData("/providers/Microsoft.Insights/metrics", "2024-07-01", "InvalidApiVersionParameter", "2024-02-01")]
    public async Task A_version_that_is_not_known_is_refused_with_those_that_are(string suffix, string version, string code, string known)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.GetAsync(SandboxHost.Url(SandboxHost.Web, suffix, version));

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Contains(known, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_under_a_wrong_version_changes_nothing()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.SendAsync(HttpMethod.Patch, SandboxHost.Url(SandboxHost.Web, version: "2099-01-01"), """{"sku":{"capacity":9}}""");

        Assert.Equal((400, false), (host.Server.Writes.All[0].Status, host.Server.Writes.All[0].IsEffective));
        Assert.Equal(5, host.Server.Estate.CapacityOf(SandboxHost.Web));
    }
}
