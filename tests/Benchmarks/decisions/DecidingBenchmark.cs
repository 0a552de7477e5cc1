using System.Text;
using BenchmarkDotNet.Attributes;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Decisions.Benchmarks;

/// <summary>
/// The pure middle of a tick for a whole estate, on one thread: which policies apply, what the signals say, the decision, the
/// guards. What is read from Azure and from the store is there already.
/// </summary>
[MemoryDiagnoser]
public class DecidingBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private PolicySet _policies = null!;
    private List<(ObservedTarget Target, IReadOnlyDictionary<string, MetricSeries> Metrics, TargetRow Row)> _estate = null!;
    private TickContext _tick = null!;

    [Params(10_000)]
    public int Targets { get; set; }

    [Params(1, 5)]
    public int Signals { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _policies = PolicyReader.Read([new PolicyFile("estate.yml", Encoding.UTF8.GetBytes(PolicyText()))]);
        if (_policies.Errors.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', _policies.Errors));
        }

        _tick = new TickContext { Now = Now, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1) };
        _estate = [.. Enumerable.Range(0, Targets).Select(Entry)];
    }

    /// <summary>Instances all targets come to; a benchmark whose work nobody uses may be optimised away.</summary>
    [Benchmark]
    public int Decide()
    {
        var total = 0;
        foreach (var (target, metrics, row) in _estate)
        {
            var resolved = (TargetPolicies.Resolved)_policies.For(target);
            total += TargetEvaluation.Of(target, resolved, metrics, row, _tick).Goal;
        }

        return total;
    }

    /// <summary>Loads from idle to busy, so that every way through the decision is taken.</summary>
    private (ObservedTarget Target, IReadOnlyDictionary<string, MetricSeries> Metrics, TargetRow Row) Entry(int number)
    {
        var id = TargetId.Parse(
            $"/subscriptions/s-{number % 20}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web-{number}");
        var target = new ObservedTarget
        {
            Id = id,
            Region = "westeurope",
            Sku = "Standard_D4s_v5",
            Capacity = 4 + (number % 17),
            IsUpdating = false,
            Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop", ["team"] = $"team-{number % 40}", ["env"] = "prod" }),
            ReadAt = Now,
        };
        var metrics = Enumerable.Range(0, Signals).ToDictionary(signal => $"s{signal}", signal => (MetricSeries)Series(target, number + signal));
        var row = new TargetRow
        {
            Target = id,
            EvaluatedAt = Now.AddMinutes(-1),
            History = new() { Desires = [.. Enumerable.Range(1, 6).Select(ago => new Core.Decisions.PastDesire(Now.AddMinutes(-7 + ago), target.Capacity + (ago % 2)))] },
        };
        return (target, metrics, row);
    }

    private static MetricSeries.Received Series(ObservedTarget target, int seed) =>
        new([.. Enumerable.Range(0, 11).Select(minute => new MetricPoint(Now.AddMinutes(minute - 12), 20 + (((seed * 31) + minute) % 70), target.Capacity))]);

    private string PolicyText()
    {
        var signals = Enumerable.Range(0, Signals).ToList();
        return $$"""
            apiVersion: scalefunctions/v1
            kind: Workload
            metadata: { name: shop }
            spec: { select: { all: [{ type: vmss }, { tags: { app: shop, env: [prod, preprod] } }] }, mode: act }
            ---
            apiVersion: scalefunctions/v1
            kind: HorizontalScaling
            metadata: { name: bounds }
            spec:
              workload: shop
              instances: { minimum: 2, maximum: 60 }
              maxActionsPerDay: 96
              warmUp: 3m
              floors: [{ when: "Mon-Fri 07:30-19:00", timeZone: Europe/Zurich, minimum: 3 }]
            ---
            apiVersion: scalefunctions/v1
            kind: LoadBasedScaling
            metadata: { name: load }
            spec:
              workload: shop
              signals: [{{string.Join(", ", signals.Select(signal => $"{{ name: s{signal}, metric: metric-{signal} }}"))}}]
              targetTracking: [{{string.Join(", ", signals.Select(signal => $"{{ signal: s{signal}, target: 60 }}"))}}]
            """;
    }
}
