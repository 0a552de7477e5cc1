using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Functions;

public sealed class ForecastRefreshTests
{
    /// <summary>Ticks share Azure's limits with it: it does not queue up behind them for as long as it may run.</summary>
    [Fact]
    public async Task Waits_for_limits_of_Azure_no_longer_than_its_own_deadline()
    {
        await using var handler = await RunningHandler.StartAsync(
            services => services.AddSingleton<IPolicySource>(new Predicting()),
            [.. Enumerable.Range(0, 40).Select(number => RunningHandler.Spec(ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"s{number}"), 2))]);
        var begun = handler.Sandbox.Clock.GetUtcNow();
        handler.Sandbox.Faults.Add(new FaultRule { Effect = new Throttle(19), Target = "metrics:getBatch" });

        (await handler.PostAsync("ForecastRefresh", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);

        Assert.InRange((handler.Sandbox.Clock.GetUtcNow() - begun).TotalSeconds, 100, 160);
    }

    private sealed class Predicting : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(PolicyReader.Read([new PolicyFile("p.yml", Encoding.UTF8.GetBytes("""
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { type: vmss } }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec: { workload: shop, instances: { minimum: 2, maximum: 12 } }
            ---
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: load }
            spec: { workload: shop, signals: [ { name: cpu, metric: Percentage CPU } ], targetTracking: [ { signal: cpu, target: 60 } ] }
            ---
            apiVersion: scalefunctions/v1
            kind: PredictiveScaling
            metadata: { name: ahead }
            spec: { workload: shop }
            """))]));
    }
}
