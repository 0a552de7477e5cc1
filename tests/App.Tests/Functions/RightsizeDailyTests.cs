using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Estates;

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

    /// <summary>
    /// Six of eight cores that use a quarter of one: found by day, carried out at night batch by batch over the real API of scale
    /// sets, and told by its id in the journal. By day nothing is written.
    /// </summary>
    [Fact]
    public async Task What_it_finds_is_carried_out_at_night_by_the_cycle()
    {
        var idle = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", "idle");
        var fleet = RunningHandler.Spec(idle, 1) with { Sku = "Standard_D8s_v5", InitialCapacity = 6, CountBefore = 6, RestingMemoryPercent = 10 };
        await using var handler = await RunningHandler.StartAsync(TimeSpan.FromDays(8), services => services.AddSingleton<IPolicySource>(new Sizing(
            """
            ---
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: fleets }
            spec: { select: { all: [ { type: vmss }, { tags: { role: idle } } ] }, mode: act }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: fleets, instances: { minimum: 6, maximum: 6 } }
            ---
            apiVersion: scalefunctions/v1
            kind: ResourceRightsizing
            metadata: { name: sizes }
            spec:
              workload: fleets
              lookBackDays: 7
              mode: act
              actOn: { risk: high }
              window: { when: "22:00-06:00" }
              guard: { signals: [ { name: cpu, metric: Percentage CPU } ], breachedWhen: [ { signal: cpu, above: 95 } ] }
              rollOut: { batch: 50%, pause: 5m, watch: 10m }
            """, "{ type: vmss, tags: { app: shop } }")), fleet with { Tags = new Dictionary<string, string> { ["role"] = "idle" } });
        var kept = handler.Services.GetRequiredService<RightsizingFindings>();
        var (clock, cancellation) = (handler.Sandbox.Clock, TestContext.Current.CancellationToken);
        RightsizingRecord? finding = null;
        for (var hour = 0; hour < 24 && finding is null; hour++)
        {
            await clock.AdvanceToAsync(clock.GetUtcNow() + TimeSpan.FromHours(1), cancellation);
            (await handler.PostAsync("RightsizeDaily", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            finding = await kept.ReadAsync(idle, cancellation);
        }

        Assert.Equal((RightsizingVerb.Save, 6, null), (finding!.Verdict, finding.Instances, finding.WhyNotActed));
        var hours = clock.GetUtcNow().Hour;
        await clock.AdvanceToAsync(clock.GetUtcNow() + TimeSpan.FromHours(hours < 6 ? 6 - hours : hours >= 22 ? 30 - hours : 0), cancellation);
        await TickAsync(handler, minutes: 6);
        Assert.Empty(handler.Sandbox.Writes.All);

        await clock.AdvanceToAsync(new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddHours(22), TimeSpan.Zero), cancellation);
        await TickAsync(handler, minutes: 45);

        var row = await handler.Services.GetRequiredService<RowStore>().ReadAsync(idle, cancellation);
        Assert.True(finding.ToSize == row.Standing!.Sku && row.RollOut is null, $"{row.Standing.Sku}, {row.Sizing?.Reason}");
        var journal = await handler.Services.GetRequiredService<IStateStore>().ReadJournalAsync(new JournalQuery(idle.Key, Limit: 100), cancellation);
        Assert.Contains(journal, entry => entry.Kind == JournalKind.IntentOpened
            && entry.Text.Contains($"Standard_D8s_v5 → {finding.ToSize}: rightsizing, finding {finding.Finding} of ", StringComparison.Ordinal));
        Assert.Contains(journal, entry => entry.Kind == JournalKind.RollOutEnded && entry.Text.EndsWith("6 instances have it and stayed well", StringComparison.Ordinal));
    }

    private static async Task TickAsync(RunningHandler handler, int minutes)
    {
        var policies = await handler.Services.GetRequiredService<IPolicySource>().CurrentAsync(TestContext.Current.CancellationToken);
        Assert.Empty(policies.Errors);
        for (var minute = 0; minute < minutes; minute++)
        {
            await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await handler.Services.GetRequiredService<ScalingCycle>().RunAsync(policies, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Sizing(string more, string select = "{ type: vmss }") : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(PolicyReader.Read([new PolicyFile("p.yml", Encoding.UTF8.GetBytes($$"""
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: {{select}} }
            {{more}}
            """))]));
    }
}
