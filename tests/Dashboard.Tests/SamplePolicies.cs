namespace ScaleFunctions.Dashboard.Tests;

/// <summary>The policies as they are shipped, in act mode for the shop and in observe mode for the laboratory.</summary>
internal static class SamplePolicies
{
    public static async Task WriteToAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var (workload, app, mode) in new[] { ("web-shop", "shop", "act"), ("laboratory", "lab", "observe") })
        {
            await File.WriteAllTextAsync(Path.Combine(directory, $"{workload}.yml"), Workload(workload, app, mode));
            await File.WriteAllTextAsync(Path.Combine(directory, $"{workload}-count.yml"), HorizontalScaling(workload));
            await File.WriteAllTextAsync(Path.Combine(directory, $"{workload}-load.yml"), LoadBasedScaling(workload));
        }
    }

    private static string Workload(string name, string app, string mode) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: {{name}} }
        spec:
          select: { type: vmss, tags: { app: {{app}} } }
          mode: {{mode}}
        """;

    private static string HorizontalScaling(string workload) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: {{workload}}-count }
        spec:
          workload: {{workload}}
          instances: { minimum: 2, maximum: 40 }
          scaleOut: { stabilization: 0s, cooldown: 0s, atMost: { percent: 100, instances: 4, choose: larger, per: 1m } }
          scaleIn: { stabilization: 5m, cooldown: 5m, atMost: { percent: 10, instances: 2, choose: larger, per: 1m } }
        """;

    private static string LoadBasedScaling(string workload) =>
        $$"""
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: {{workload}}-load }
        spec:
          workload: {{workload}}
          signals: [ { name: cpu, metric: Percentage CPU, window: 3m, maximumAge: 8m } ]
          targetTracking: [ { signal: cpu, target: 60, tolerance: { out: 10%, in: 10% } } ]
        """;
}
