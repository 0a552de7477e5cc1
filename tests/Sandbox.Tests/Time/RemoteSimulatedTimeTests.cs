using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Tests.Time;

public sealed class RemoteSimulatedTimeTests
{
    [Fact]
    public async Task Mirrors_and_moves_the_clock_of_the_sandbox()
    {
        await using var host = await SandboxHost.StartAsync();
        using var remote = await RemoteSimulatedTime.ConnectAsync(host.Server.Connection, SandboxHost.Cancel);
        Assert.Equal(SandboxHost.Start, remote.Clock.GetUtcNow());

        await remote.AdvanceToAsync(SandboxHost.Start.AddMinutes(1), SandboxHost.Cancel);
        await remote.SpendAsync(TimeSpan.FromSeconds(30), SandboxHost.Cancel);
        Assert.Equal(SandboxHost.Start.AddSeconds(90), host.Server.Clock.GetUtcNow());
        Assert.Equal(SandboxHost.Start.AddSeconds(90), remote.Clock.GetUtcNow());

        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(SandboxHost.Start.AddSeconds(90), remote.Clock.GetUtcNow());
        await remote.RefreshAsync(SandboxHost.Cancel);
        Assert.Equal(SandboxHost.Start.AddSeconds(150), remote.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Every_answer_of_the_sandbox_brings_the_mirror_up_to_date()
    {
        await using var host = await SandboxHost.StartAsync();
        using var remote = await RemoteSimulatedTime.ConnectAsync(host.Server.Connection, SandboxHost.Cancel);
        using var client = new HttpClient(host.Server.Connection.CreateHandler(remote));
        await host.AdvanceAsync(TimeSpan.FromMinutes(7));
        using var answer = await client.GetAsync(SandboxHost.Url(SandboxHost.Web), SandboxHost.Cancel);

        Assert.Equal(SandboxHost.Start.AddMinutes(7), remote.Clock.GetUtcNow());
    }
}
