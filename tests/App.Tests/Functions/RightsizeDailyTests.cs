using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Tests.Functions;

public sealed class RightsizeDailyTests
{
    /// <summary>Called by the host every hour of a day it looks at each target once, and keeps what it finds.</summary>
    [Fact]
    public async Task Looks_at_each_target_once_a_day_and_keeps_what_it_finds()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(new Sizing(
            """
            ---
            apiVersion: scalefunctions/v1
            kind: ResourceRightsizing
            metadata: { name: sizes }
            spec: { workload: shop, lookBackDays: 7 }
            """)));
        var kept = handler.Services.GetRequiredService<RightsizingFindings>();
        var seen = new List<string>();
        for (var hour = 0; hour < 24; hour++)
        {
            (await handler.PostAsync("RightsizeDaily", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            var now = handler.Sandbox.Clock.GetUtcNow();
            seen.AddRange((await kept.ListAsync(TestContext.Current.CancellationToken)).Where(each => each.At == now).Select(each => each.Name));
            await handler.Sandbox.Clock.AdvanceToAsync(now + TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["api", "web"], seen.Order());
        var findings = await kept.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, findings.Count);

        // There is an hour of history, and never half of a week.
        Assert.All(findings, finding => Assert.Equal((RightsizingVerb.NotJudged, Core.Decisions.Rightsizing.NotJudgedReason.ShortHistory, "sizes"), (finding.Verdict, finding.NotJudged, finding.Policy)));
        Assert.Contains("not judged: 1 ShortHistory", handler.Log.Text, StringComparison.Ordinal);
        Assert.Empty(handler.Sandbox.Writes.All);
    }

    [Fact]
    public async Task Asks_Azure_nothing_while_no_policy_asks_for_it()
    {
        await using var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(new Sizing("")));

        (await handler.PostAsync("RightsizeDaily", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);

        Assert.Empty(await handler.Services.GetRequiredService<RightsizingFindings>().ListAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Sizing(string more) : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(PolicyReader.Read([new PolicyFile("p.yml", Encoding.UTF8.GetBytes($$"""
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss } }
            {{more}}
            """))]));
    }
}
