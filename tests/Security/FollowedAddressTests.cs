using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Security.Tests;

/// <summary>
/// A simulated Azure whose answers lead elsewhere: next pages, operations, redirects. Every connection of the adapters ends at it, whatever
/// the name, and it counts what it does not know; a counter of connections stands where addresses of this machine lead.
/// </summary>
public sealed class FollowedAddressTests
{
    /// <summary>PORT is where connections are counted.</summary>
    private static readonly string[] Elsewhere =
    [
        "https://127.0.0.1:PORT/x", "http://127.0.0.1:PORT/x", "https://localhost:PORT/x", "https://management.azure.com@127.0.0.1:PORT/x", "https://management.azure.com:443@127.0.0.1:PORT/x",
        "https://2130706433:PORT/x", "https://[::1]:PORT/x", @"https://127.0.0.1:PORT\\@management.azure.com/x", "https://evil.example/x", "https://management.azure.com.evil.example/x",
        "https://management.azure.com./x", "https://management.azure.com:8443/x", "http://management.azure.com/x", "https://user:pass@management.azure.com/x", "//127.0.0.1:PORT/x", "https://169.254.169.254/metadata/identity",
        "https://westeurope.metrics.monitor.azure.com/x",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_an_answer_names_elsewhere_gets_a_request()
    {
        using var canary = new ConnectionCounter();
        await using var handler = await RunningHandler.StartAsync();
        await EvaluateAsync(handler);
        var refused = new List<string>();
        foreach (var form in Elsewhere)
        {
            var address = form.Replace("PORT", $"{canary.Port}", StringComparison.Ordinal);
            handler.Sandbox.Faults.Clear();
            foreach (var list in new[] { "virtualMachineScaleSets\\?", "virtualMachines\\?", "serverfarms\\?", "locks\\?" })
            {
                handler.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(200, Body: $$"""{"value":[],"nextLink":"{{address}}"}"""), Method = "GET", Target = list });
            }

            handler.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(307, Headers: new Dictionary<string, string> { ["Location"] = address }), Method = "GET", Target = "permissions" });
            handler.Sandbox.Faults.Add(new FaultRule
            {
                Effect = new AnswerWith(202, Headers: new Dictionary<string, string> { ["Azure-AsyncOperation"] = address, ["Location"] = address, ["Retry-After"] = "1" }),
                Method = "PATCH",
            });
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
            await handler.PostAsync("ScaleTick", HostPosts.Timer);
            await EvaluateAsync(handler);
            if (await handler.Services.GetRequiredService<ITargetInventory>().ListAsync(Cancellation) is InventoryReading.Partial { Reason: var why })
            {
                refused.Add(why);
            }

            // An address without a host stays at Azure, which does not know it.
            var elsewhere = handler.Sandbox.Requests.Unexpected.Where(request => !request.StartsWith("GET https://management.azure.com/", StringComparison.Ordinal));
            Assert.True(!elsewhere.Any(), $"{form}: {string.Join(", ", elsewhere)}");
            Assert.True(canary.Connections == 0, $"{form} was connected to");
        }

        // The answers were read, and where they lead was refused.
        Assert.Contains(refused, why => why.Contains("gets no request of ours", StringComparison.Ordinal));
    }

    /// <summary>What the simulated Azure does not know it tells, so the check above can fail.</summary>
    [Fact]
    public async Task A_request_to_elsewhere_would_be_noticed()
    {
        await using var handler = await RunningHandler.StartAsync();
        using var client = new HttpClient(handler.Sandbox.Connection.CreateHandler(handler.Sandbox.Clock));

        using var answer = await client.GetAsync(new Uri("https://evil.example/x"), Cancellation);

        Assert.Single(handler.Sandbox.Requests.Unexpected);
    }

    private static async Task EvaluateAsync(RunningHandler handler)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, "api/v1/evaluate") { Content = new StringContent("""{"act":true}""", Encoding.UTF8, "application/json") };
        call.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await handler.Client.SendAsync(call, Cancellation);
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
