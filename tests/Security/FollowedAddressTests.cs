using System.Net;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Security.Tests;

/// <summary>The built program, and a simulated Azure whose answers lead elsewhere: next pages, operations, redirects.</summary>
public sealed class FollowedAddressTests
{
    /// <summary>PORT is where somebody counts connections; names go to a proxy that tells which were asked for.</summary>
    private static readonly string[] Elsewhere =
    [
        "https://127.0.0.1:PORT/x", "http://127.0.0.1:PORT/x", "https://localhost:PORT/x", "https://management.azure.com@127.0.0.1:PORT/x", "https://management.azure.com:443@127.0.0.1:PORT/x",
        "https://2130706433:PORT/x", "https://[::1]:PORT/x", "https://127.0.0.1:PORT\\\\@management.azure.com/x", "https://evil.example/x", "https://management.azure.com.evil.example/x",
        "https://management.azure.com:8443/x", "http://management.azure.com/x", "https://user:pass@management.azure.com/x", "//127.0.0.1:PORT/x", "https://169.254.169.254/metadata/identity",
    ];

    private static readonly string[] Azure = ["management.azure.com", "westeurope.metrics.monitor.azure.com"];

    [Fact]
    public async Task Nothing_that_an_answer_names_elsewhere_gets_a_request_or_a_token()
    {
        using var canary = new ConnectionCounter();
        await using var world = await HostedWorld.StartAsync();
        await using var process = world.StartProcess();
        await process.ReadyAsync();
        foreach (var form in Elsewhere)
        {
            var address = form.Replace("PORT", $"{canary.Port}", StringComparison.Ordinal);
            world.Sandbox.Faults.Clear();
            world.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(200, Body: $$"""{"value":[],"nextLink":"{{address}}"}"""), Method = "GET", Target = "virtualMachineScaleSets\\?" });
            world.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(200, Body: $$"""{"value":[],"nextLink":"{{address}}"}"""), Method = "GET", Target = "serverfarms\\?" });
            world.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(307, Headers: new Dictionary<string, string> { ["Location"] = address }), Method = "GET", Target = "Microsoft.Authorization" });
            await process.PostAsync("ScaleTick", HostPosts.Timer);
            Assert.True(canary.Connections == 0, $"{form} was connected to\n{process.Log}");
        }

        // A write whose answer names where to watch it, in each of the two headers, and the look at it that follows.
        var seen = world.Sandbox.Requests.Total;
        foreach (var header in new[] { "Azure-AsyncOperation", "Location" })
        {
            world.Sandbox.Faults.Clear();
            world.Sandbox.Faults.Add(new FaultRule
            {
                Effect = new AnswerWith(202, Headers: new Dictionary<string, string> { [header] = $"https://127.0.0.1:{canary.Port}/operations/1", ["Retry-After"] = "1" }),
                Method = "PATCH",
            });
            await world.CatchUpAsync();
            (await process.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, process.Log);
            foreach (var (queue, function) in new[] { ("shop-evaluate", "Evaluate"), ("shop-verify", "Verify") })
            {
                foreach (var message in await world.ReceiveAsync(queue))
                {
                    await process.PostAsync(function, HostPosts.Queue(message));
                }
            }
        }

        Assert.True(world.Sandbox.Requests.Total > seen, "nothing was asked of Azure");
        Assert.Contains("gets no request of ours", process.Log, StringComparison.Ordinal);
        Assert.Equal(0, canary.Connections);
        Assert.Subset(Azure.ToHashSet(), [.. world.HostsAsked]);
    }
}
