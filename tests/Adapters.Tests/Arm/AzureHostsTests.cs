using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests.Arm;

public sealed class AzureHostsTests
{
    private readonly AzureHosts _hosts = new(new AzureConnection { Credential = new SandboxCredential(), Time = TimeProvider.System });

    [Theory]
    [InlineData("https://management.azure.com/subscriptions")]
    [InlineData("https://MANAGEMENT.azure.com:443/x?y=z#location")]
    public void Resource_manager_is_allowed(string address) => Assert.True(_hosts.IsManagement(new Uri(address)));

    [Theory]
    [InlineData("http://management.azure.com/x")]
    [InlineData("https://management.azure.com:8443/x")]
    [InlineData("https://user@management.azure.com/x")]
    [InlineData("https://management.azure.com@evil.example/x")]
    [InlineData("https://management.azure.com:443@evil.example/x")]
    [InlineData("https://evil.example\\@management.azure.com/x")]
    [InlineData("https://management.azure.com.evil.example/x")]
    [InlineData("https://management.azure.com./x")]
    [InlineData("https://evilmanagement.azure.com/x")]
    [InlineData("https://management.azure.com%2eevil.example/x")]
    [InlineData("https://westeurope.metrics.monitor.azure.com/x")]
    [InlineData("https://169.254.169.254/metadata/identity")]
    [InlineData("https://[::ffff:169.254.169.254]/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//management.azure.com/x")]
    public void Everything_else_is_not(string address) =>
        Assert.False(Uri.TryCreate(address, UriKind.Absolute, out var parsed) && _hosts.IsManagement(parsed));

    [Fact]
    public void A_relative_address_is_not() => Assert.False(_hosts.IsManagement(new Uri("/subscriptions", UriKind.Relative)));

    [Theory]
    [InlineData("https://westeurope.metrics.monitor.azure.com/x", true)]
    [InlineData("https://metrics.monitor.azure.com/x", false)]
    [InlineData("https://.metrics.monitor.azure.com/x", false)]
    [InlineData("https://a.b.metrics.monitor.azure.com/x", false)]
    [InlineData("https://westeurope.metrics.monitor.azure.com.evil.example/x", false)]
    [InlineData("https://westeurope.metrics.monitor.azure.com:8443/x", false)]
    [InlineData("https://u@westeurope.metrics.monitor.azure.com/x", false)]
    [InlineData("http://westeurope.metrics.monitor.azure.com/x", false)]
    [InlineData("https://management.azure.com/x", false)]
    public void Only_regional_metric_hosts_are_allowed(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, Uri.TryCreate(address, UriKind.Absolute, out var parsed) && _hosts.IsMetrics(parsed));

    [Theory]
    [InlineData("westeurope", "https://westeurope.metrics.monitor.azure.com/")]
    [InlineData("West Europe", "https://westeurope.metrics.monitor.azure.com/")]
    [InlineData("global", "https://global.metrics.monitor.azure.com/")]
    [InlineData("", null)]
    [InlineData("evil.example/", null)]
    [InlineData("evil.example#", null)]
    [InlineData("evil.example?", null)]
    [InlineData("x@evil", null)]
    [InlineData("evil.example:443/", null)]
    public void A_region_gives_a_host_only_if_its_name_is_one(string region, string? endpoint) =>
        Assert.Equal(endpoint, _hosts.MetricsEndpoint(region)?.AbsoluteUri);
}
