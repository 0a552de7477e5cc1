using System.Text;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Policies that act on the scale sets of the shop without cooldowns, so that a test needs one tick for one action.</summary>
internal static class SamplePolicies
{
    private const string Workload =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: workloads }
        spec:
          select: { type: vmss, tags: { app: shop } }
          mode: act
        """;

    private const string HorizontalScaling =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: horizontal-scaling }
        spec:
          workload: workloads
          instances: { minimum: 2, maximum: 12 }
          scaleOut: { stabilization: 0s, cooldown: 0s, atMost: { percent: 1000, per: 1m } }
          scaleIn: { stabilization: 0s, cooldown: 0s, atMost: { percent: 100, per: 1m } }
        """;

    private const string LoadBasedScaling =
        """
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load-based-scaling }
        spec:
          workload: workloads
          signals: [ { name: cpu, metric: Percentage CPU, window: 1m, maximumAge: 8m } ]
          targetTracking: [ { signal: cpu, target: 60, tolerance: { out: 10%, in: 10% } } ]
        """;

    public static IReadOnlyList<PolicyFile> Files() =>
    [
        new("workloads.yml", Encoding.UTF8.GetBytes(Workload)),
        new("horizontal-scaling.yml", Encoding.UTF8.GetBytes(HorizontalScaling)),
        new("load-based-scaling.yml", Encoding.UTF8.GetBytes(LoadBasedScaling)),
    ];

    public static async Task WriteToAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "workloads.yml"), Workload);
        await File.WriteAllTextAsync(Path.Combine(directory, "horizontal-scaling.yml"), HorizontalScaling);
        await File.WriteAllTextAsync(Path.Combine(directory, "load-based-scaling.yml"), LoadBasedScaling);
    }
}
