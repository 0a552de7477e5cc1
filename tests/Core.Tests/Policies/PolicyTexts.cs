using System.Text;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>Policy texts that are right unless a test makes one thing wrong.</summary>
internal static class PolicyTexts
{
    public const string Workload =
        """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: web-shop, owner: team-shop }
        spec:
          select:
            type: vmss
            tags: { app: shop, env: [prod, preprod] }
          mode: act

        """;

    public const string Horizontal =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: horizontal-scaling }
        spec:
          workload: web-shop
          instances: { minimum: 3, maximum: 40, whenBlind: 8 }
          scaleOut: { stabilization: 0s, cooldown: 0s, atMost: { percent: 100, instances: 10, choose: larger, per: 1m } }
          scaleIn: { stabilization: 5m, cooldown: 5m, atMost: { instances: 2, per: 1m } }

        """;

    public const string LoadBased =
        """
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load-based-scaling }
        spec:
          workload: web-shop
          signals:
            - { name: cpu, metric: Percentage CPU, window: 3m, maximumAge: 8m }
          targetTracking:
            - { signal: cpu, target: 60, tolerance: { out: 10%, in: 5% } }

        """;

    public static string All => Join(Workload, Horizontal, LoadBased);

    public static string Join(params string[] documents) => string.Join("---\n", documents);

    public static PolicySet Read(string text) => Read(("p.yml", text));

    public static PolicySet Read(params (string Name, string Text)[] files) =>
        PolicyReader.Read([.. files.Select(file => new PolicyFile(file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    public static PolicySet ReadBytes(byte[] content) => PolicyReader.Read([new PolicyFile("p.yml", content)]);

    /// <summary>The errors of one file as "line:column: message".</summary>
    public static IReadOnlyList<string> Errors(string text) => Errors(Read(text));

    public static IReadOnlyList<string> Errors(PolicySet policies) =>
        [.. policies.Errors.Select(error => $"{error.Source.Line}:{error.Source.Column}: {error.Message}")];

    public static ObservedTarget Target(params (string Name, string Value)[] tags) => new()
    {
        Id = TargetId.Parse("/subscriptions/12345678-90ab-cdef-1234-567890abcdef/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/web"),
        Region = "westeurope",
        Sku = "Standard_D2s_v5",
        Capacity = 3,
        IsUpdating = false,
        Tags = new TargetTags.Known(tags.ToDictionary(tag => tag.Name, tag => tag.Value)),
        ReadAt = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero),
    };
}
