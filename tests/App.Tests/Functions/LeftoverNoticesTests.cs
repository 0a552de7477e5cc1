using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Tests.Shared;

namespace ScaleFunctions.App.Tests.Functions;

/// <summary>From what stands about to the channel of its owner, as the Functions host runs it, over real HTTP.</summary>
public sealed class LeftoverNoticesTests
{
    private static readonly string Disk = DiskSpec.IdOf(EstateSpec.DefaultSubscription, EstateSpec.DefaultResourceGroup, "disk-left").Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_told_once_with_its_price_and_the_command_that_ends_it()
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var handler = await StartAsync(server);

        await HourAsync(handler);
        await HourAsync(handler);

        Assert.NotNull(Assert.Single(await handler.Services.GetRequiredService<LeftoverMarks>().ListAsync(Cancellation)).ToldAt);
        var alert = Body(Assert.Single(server.Arrivals));
        Assert.Equal("/shop", server.Arrivals.Single().Target);
        Assert.Equal(("disk-left stands about: unattached disk", "notice", Disk), (alert.GetProperty("what").GetString(), alert.GetProperty("urgency").GetString(), alert.GetProperty("about").GetString()));
        Assert.Equal((19.7m, "USD", "a month of 730 hours at retail prices"), (alert.GetProperty("amount").GetDecimal(), alert.GetProperty("currency").GetString(), alert.GetProperty("basis").GetString()));
        Assert.Contains($"az disk delete --ids '{Disk}'", alert.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal($"sf alerts snooze \"{Disk}\" --for 24h --reason …", alert.GetProperty("snooze").GetString());
    }

    /// <summary>Which it does as long as it is marked.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_person_put_off_is_told_when_that_is_over_if_it_still_stands_about(bool isStill)
    {
        await using var server = await LoopbackServer.StartAsync(() => 200, Cancellation);
        await using var handler = await StartAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/alerts/snooze/set{Disk}")
        {
            Content = new StringContent("""{ "by": "ann", "reason": "known", "minutes": 90 }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "4711");
        using (var response = await handler.Client.SendAsync(request, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await HourAsync(handler);
        await HourAsync(handler);
        Assert.Empty(server.Arrivals);

        var marks = handler.Services.GetRequiredService<LeftoverMarks>();
        var mark = Assert.Single(await marks.ListAsync(Cancellation));
        Assert.NotNull(mark.ToldAt);
        await (isStill ? Task.CompletedTask : marks.RemoveAsync(mark, Cancellation));

        await HourAsync(handler);
        Assert.Equal(isStill ? 1 : 0, server.Arrivals.Count);
    }

    private static Task<RunningHandler> StartAsync(LoopbackServer server)
    {
        var settings = new Dictionary<string, string>
        {
            ["ALERT_OPS"] = new Uri(server.Address, "ops").ToString(),
            ["ALERT_SHOP"] = new Uri(server.Address, "shop").ToString(),
            ["ALERT_KEY"] = "0123456789abcdef0123456789abcdef",
        };
        return RunningHandler.StartAsync(
            new SandboxOptions { Start = RunningHandler.Start, Estate = LeftoverEstate.Create(seed: 1), Behavior = new EstateOptions { History = TimeSpan.FromHours(1) } },
            services => services.AddSingleton(new AlertHttp(mayBeThisMachine: true)).AddAlerts(name => settings.GetValueOrDefault(name)).AddSingleton<IPolicySource>(new Told()));
    }

    /// <summary>What the host runs in an hour.</summary>
    private static async Task HourAsync(RunningHandler handler)
    {
        foreach (var function in new[] { "RightsizeDaily", "AlertTick" })
        {
            (await handler.PostAsync(function, HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        }

        await handler.Sandbox.Clock.AdvanceToAsync(handler.Sandbox.Clock.GetUtcNow().AddHours(1), Cancellation);
    }

    private static JsonElement Body(LoopbackServer.Arrival arrival) => JsonElement.Parse(arrival.Body).GetProperty("alerts")[0];

    private sealed class Told : IPolicySource
    {
        private readonly PolicySet _set = PolicyReader.Read([.. SamplePolicies.Files(), new PolicyFile("findings.yml", Encoding.UTF8.GetBytes(
            $$"""
            apiVersion: scalefunctions/v1
            kind: AlertChannels
            metadata: { name: alerts }
            spec:
              channels:
                - { name: ops, type: webhook, setting: ALERT_OPS, keySetting: ALERT_KEY }
                - { name: shop, type: webhook, setting: ALERT_SHOP, keySetting: ALERT_KEY }
              default: [ops]
              owners: [ { owner: team-shop, channels: [shop] } ]
            ---
            apiVersion: scalefunctions/v1
            kind: UsageOptimization
            metadata: { name: about, owner: team-shop }
            spec: { workload: workloads, findings: { select: { name: disk-left }, notifyAfter: 0m } }
            """))]);

        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken)
        {
            Assert.Empty(_set.Errors);
            return Task.FromResult(_set);
        }
    }
}
