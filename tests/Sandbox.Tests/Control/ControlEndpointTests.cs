namespace ScaleFunctions.Sandbox.Tests.Control;

public sealed class ControlEndpointTests
{
    [Fact]
    public async Task Tells_the_fleet_and_the_writes_without_a_token()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.PatchAsync(SandboxHost.Web, 8);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        host.Client.DefaultRequestHeaders.Authorization = null;
        var fleet = (await host.GetAsync("https://sandbox.local/fleet")).Json[0];
        var writes = (await host.GetAsync("https://sandbox.local/writes")).Json;

        Assert.Equal(SandboxHost.Web.Value, fleet.GetProperty("target").GetString());
        Assert.Equal((5, 3, 8), (fleet.GetProperty("ready").GetInt32(), fleet.GetProperty("booting").GetInt32(), fleet.GetProperty("capacity").GetInt32()));
        Assert.Equal((4, 64, 16 / 60d, 0), (
            fleet.GetProperty("demand").GetDouble(), fleet.GetProperty("cpuPercent").GetDouble(),
            fleet.GetProperty("instanceHours").GetDouble(), fleet.GetProperty("minutesShort").GetInt32()));
        Assert.Equal(8, writes[0].GetProperty("capacityAfter").GetInt32());
    }

    [Fact]
    public async Task Sets_faults_and_refuses_wrong_ones()
    {
        await using var host = await SandboxHost.StartAsync();
        var set = await host.SendAsync(HttpMethod.Put, "https://sandbox.local/faults", """[{"effect":{"kind":"throttle","retryAfterSeconds":9}}]""");
        var wrong = await host.SendAsync(HttpMethod.Put, "https://sandbox.local/faults", """[{"effect":{"kind":"none"}}]""");
        var answer = await host.GetAsync(SandboxHost.Url(SandboxHost.Web));

        Assert.Equal((204, 400), (set.Status, wrong.Status));
        Assert.Contains("faults[0]", wrong.Text, StringComparison.Ordinal);
        Assert.Equal((429, "9"), (answer.Status, answer.Headers["Retry-After"]));
    }

    [Theory]
    [InlineData("POST", "/clock", "no json", 400)]
    [InlineData("POST", "/clock/spend", """{"wait":"-00:00:01"}""", 400)]
    [InlineData("GET", "/unknown", null, 404)]
    public async Task What_is_wrong_is_refused(string method, string path, string? body, int status)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.SendAsync(new HttpMethod(method), $"https://sandbox.local{path}", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(0, host.Server.Requests.Total);
    }
}
