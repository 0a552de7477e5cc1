using System.Net.Security;
using System.Security.Authentication;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Sandbox.Tests.Connections;

public sealed class SandboxConnectionTests
{
    [Fact]
    public async Task A_client_that_pins_another_certificate_is_refused()
    {
        await using var host = await SandboxHost.StartAsync();
        var wrong = new SandboxConnection(host.Server.Port, new string('0', 64));
        using var client = new HttpClient(wrong.CreateHandler(host.Server.Clock));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(SandboxHost.Url(SandboxHost.Web), SandboxHost.Cancel));
        Assert.IsType<AuthenticationException>(exception.InnerException);
        Assert.Equal(0, host.Server.Requests.Total);
    }

    [Fact]
    public async Task A_client_that_trusts_the_system_only_is_refused()
    {
        await using var host = await SandboxHost.StartAsync();
        using var handler = host.Server.Connection.CreateSocketsHandler();
        handler.SslOptions = new SslClientAuthenticationOptions();
        using var client = new HttpClient(handler);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(SandboxHost.Url(SandboxHost.Web), SandboxHost.Cancel));
        Assert.IsType<AuthenticationException>(exception.InnerException);
    }

    [Fact]
    public async Task The_case_of_the_thumbprint_does_not_matter()
    {
        await using var host = await SandboxHost.StartAsync();
        var connection = host.Server.Connection with { Thumbprint = host.Server.Thumbprint.ToLowerInvariant() };
        using var client = new HttpClient(connection.CreateHandler(host.Server.Clock));

        Assert.Equal(401, (int)(await client.GetAsync(SandboxHost.Url(SandboxHost.Web), SandboxHost.Cancel)).StatusCode);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = null;
        var answer = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Equal((401, "AuthenticationFailed"), (answer.Status, answer.Code));
        Assert.StartsWith("Bearer ", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
