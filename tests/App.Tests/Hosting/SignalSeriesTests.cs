using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.App.Tests.Local.Triggers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>
/// Signals of every kind from the policy file to the page: the real app reads them of the sandbox over HTTP, decides on a
/// formula, and shows what it was calculated from.
/// </summary>
public sealed class SignalSeriesTests
{
    private static readonly string Policies =
        $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: vmss, tags: { app: shop } }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec: { workload: shop, instances: { minimum: 2, maximum: 12 } }
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load }
        spec:
          workload: shop
          signals:
            - { name: cpu, metric: Percentage CPU, window: 1m }
            - { name: hot, metric: Percentage CPU, window: 1m, dimensions: { VMName: "*" }, perInstance: maximum }
            - { name: traffic, metric: Network In Total, aggregation: total, window: 1m, resource: {{RunningHandler.Api}} }
            - { name: backlog, queue: { account: orders, name: incoming } }
            - { name: load, formula: "max(hot, cpu) + traffic / 90000000 ?? backlog", measures: perInstance }
          targetTracking: [ { signal: load, target: 40 } ]
        """;

    [Fact]
    public async Task A_formula_is_decided_on_and_shown_with_its_inputs()
    {
        await using var handler = await StartAsync(new HotInstance(59));

        // The share of an instance is known from the first look on, and samples come two minutes late.
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        var target = await GetAsync(handler, "api/v1/why/web");
        var series = (await GetAsync(handler, "api/v1/series/web?hours=1")).GetProperty("signals").EnumerateArray().ToList();

        // One instance at 100 % CPU, one at 59 %, and 1.5 demands of 60 MB a minute on the other scale set; six are asked for.
        Assert.Contains("load 101 against a target of 40", target.GetProperty("decisions")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("; load is max(hot, cpu) + traffic / 90000000 ?? backlog, with hot 100, cpu ", target.GetProperty("decisions")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(["load", "cpu", "hot", "traffic", "backlog"], series.Select(each => each.GetProperty("signal").GetString()));
        Assert.Equal(["hot", "cpu", "traffic"], series[0].GetProperty("inputs").EnumerateArray().Select(each => each.GetProperty("signal").GetString()));
        Assert.Equal(101, series[0].GetProperty("value").EnumerateArray().Last().GetDouble());
        Assert.Equal(15_000_000, series[3].GetProperty("value").EnumerateArray().Last().GetDouble());
        Assert.Contains("404", series[4].GetProperty("doubt").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, series[1].GetProperty("inputs").ValueKind);
    }

    [Fact]
    public async Task The_other_resource_is_asked_once_for_both_targets()
    {
        await using var handler = await StartAsync();

        // One call each for the mean and for the split of both targets, and one for the traffic that both follow.
        Assert.Equal(3, handler.Sandbox.Requests.Count(RequestKind.MetricsBatch));
    }

    private static async Task<RunningHandler> StartAsync(params FaultEffect[] faults)
    {
        var read = PolicyReader.Read([new PolicyFile("policies.yml", Encoding.UTF8.GetBytes(Policies))]);
        Assert.Empty(read.Errors);
        var handler = await RunningHandler.StartAsync(services => services.AddSingleton<IPolicySource>(new Given(read)));
        handler.Sandbox.Faults.Set([.. faults]);
        using var host = new LocalTriggerHost(
            handler.Address,
            FunctionFile.ReadAll(AppContext.BaseDirectory, LocalTriggerHostTests.AppSettings),
            handler.Services.GetRequiredService<IWorkSource>(),
            handler.Sandbox.Clock);
        await handler.Sandbox.Clock.AdvanceToAsync(RunningHandler.Start.AddMinutes(6), TestContext.Current.CancellationToken);
        await host.StepAsync(TestContext.Current.CancellationToken);
        return handler;
    }

    private sealed class Given(PolicySet policies) : IPolicySource
    {
        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(policies);
    }

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path)
    {
        using var answer = await handler.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.Clone();
    }
}
