using System.Text;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class PolicyRewriteTests
{
    private const string Text = """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop, owner: "team: shop # 1" }
        spec: { select: { all: [{ type: vmss }, { tags: { "app": [shop, "12"] } }] } }
        ---
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec:
          workload: shop
          extends: presets/strict
          instances: { minimum: 2, maximum: 60 }
          floors:
            - { when: "Mon-Fri 07:30-19:00", timeZone: Europe/Zurich, minimum: 9, reason: 'it''s "open"' }
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load }
        spec:
          workload: shop
          tolerance: 10%
          signals:
            - { name: cpu, metric: Percentage CPU }
            - { name: hot, metric: Percentage CPU, dimensions: { VMName: "*" }, perInstance: p95 }
            - { name: load, formula: "(cpu / 2) ?? (hot * 2)", measures: perInstance }
          targetTracking:
            - { signal: load, target: 60, tolerance: { out: 5%, in: 20% } }
            - { signal: cpu, target: 70 }
        ---
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: other }
        spec: { select: { type: plan } }
        """;

    [Fact]
    public void Without_changes_the_policies_mean_the_same()
    {
        var (before, after) = (Effective(Text), Effective(Rewritten()));

        Assert.True(before.Count > 20);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_is_changed_is_all_that_changes()
    {
        var after = Effective(Rewritten(
            new PolicyChange("LoadBasedScaling", ["spec", "targetTracking", "1", "target"], "55.5"),
            new PolicyChange("LoadBasedScaling", ["spec", "targetTracking", "0", "tolerance"], "15%"),
            new PolicyChange("HorizontalScaling", ["spec", "scaleIn", "stabilization"], "1h30m")));

        Assert.Equal(
            [
                ("spec.scaleIn.stabilization", "1h30m"), ("spec.targetTracking[0].tolerance.in", "15%"), ("spec.targetTracking[0].tolerance.out", "15%"),
                ("spec.targetTracking[1].target", "55.5"),
            ],
            after.Except(Effective(Text)).Order());
    }

    [Fact]
    public void A_group_that_was_not_there_is_made()
    {
        var text = "apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: shop }\nspec: { select: { type: vmss } }\n---\n"
            + "apiVersion: scalefunctions/v1\nkind: HorizontalScaling\nmetadata: { name: bounds }\nspec: { workload: shop, instances: { minimum: 1, maximum: 3 } }\n";
        var rewritten = PolicyRewrite.Of([File(text)], "shop", [new PolicyChange("HorizontalScaling", ["spec", "scaleIn", "stabilization"], "15m")])!;

        Assert.Contains(("spec.scaleIn.stabilization", "15m"), Effective(rewritten));
    }

    [Fact]
    public void Only_the_workload_is_written()
    {
        Assert.DoesNotContain("other", Rewritten(), StringComparison.Ordinal);
        Assert.False(PolicyRewrite.HoldsOnly(File(Text), "shop"));
        Assert.True(PolicyRewrite.HoldsOnly(File(Rewritten()), "shop"));
        Assert.Null(PolicyRewrite.Of([File(Text)], "nobody", []));
    }

    private static string Rewritten(params PolicyChange[] changes) => PolicyRewrite.Of([File(Text)], "shop", changes)!;

    private static PolicyFile File(string text) => new("shop.yml", Encoding.UTF8.GetBytes(text));

    private static List<(string Path, string Value)> Effective(string text)
    {
        var policies = PolicyReader.Read([File(text)]);
        Assert.DoesNotContain(policies.Errors, error => !error.Message.Contains("other", StringComparison.Ordinal));
        return [.. EffectivePolicies.Of(Assert.IsType<TargetPolicies.Resolved>(policies.For("shop"))).Select(each => (each.Path, each.Value))];
    }
}
