using System.Text;
using BenchmarkDotNet.Attributes;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Decisions.Benchmarks;

/// <summary>Four weeks of one-minute steps under a policy directory, on one thread: signals, decision, guards and fleet.</summary>
[MemoryDiagnoser]
public class BacktestBenchmark
{
    private const int Minutes = 28 * 1440;

    private ReplaySetup _setup = null!;
    private ReplayedLoad _load = null!;

    [GlobalSetup]
    public void Build()
    {
        var policies = PolicyReader.Read([new PolicyFile("shop.yml", Encoding.UTF8.GetBytes(PolicyText))]);
        var resolved = (TargetPolicies.Resolved)policies.For("shop");
        _setup = new ReplaySetup
        {
            Policies = resolved,
            Signals = ReplayedSignal.Of(resolved.LoadBased, null),
            Target = new ObservedTarget
            {
                Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web"),
                Region = "westeurope",
                Sku = "Standard_D4s_v5",
                Capacity = 1,
                IsUpdating = false,
                Tags = new TargetTags.Known(new Dictionary<string, string>()),
                ReadAt = default,
            },
        };
        _load = ReplayedLoad.Made(DemandSeries.Of("busy", [.. Enumerable.Range(0, Minutes).Select(Demand)], 0), new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>Instance hours; a benchmark whose work nobody uses may be optimised away.</summary>
    [Benchmark]
    public double Replay() => FleetReplay.Run(_load.Demand, new ReplayedPolicies(_setup, _load), _setup.Terms(_load)).Billed.Sum() / 60d;

    /// <summary>A day and a week, ripples of several lengths, and a burst each 31 hours.</summary>
    private static double Demand(int minute) =>
        20 * (1 - (0.5 * Math.Cos(2 * Math.PI * minute / 1440))) * (1 + (0.2 * Math.Sin(2 * Math.PI * minute / 10080)))
        * (1 + (0.04 * Math.Sin(minute * 0.7)) + (0.05 * Math.Sin(minute * 0.113)) + (0.03 * Math.Sin(minute * 2.9)))
        * (minute % (31 * 60) < 15 ? 1.8 : 1);

    private const string PolicyText = """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: vmss }, mode: act }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec:
          workload: shop
          instances: { minimum: 2, maximum: 100 }
          maxActionsPerDay: 96
          warmUp: 3m
          floors: [{ when: "Mon-Fri 07:30-19:00", timeZone: Europe/Zurich, minimum: 3 }]
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load }
        spec:
          workload: shop
          signals: [{ name: cpu, metric: Percentage CPU }]
          targetTracking: [{ signal: cpu, target: 60 }]
        """;
}
