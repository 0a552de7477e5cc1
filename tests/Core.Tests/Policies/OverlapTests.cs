using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class OverlapTests
{
    private static readonly string Wide = PolicyTexts.Workload.Replace("web-shop", "wide").Replace("tags: { app: shop, env: [prod, preprod] }", "tags: { app: shop }");

    private static readonly string WideBounds = PolicyTexts.Horizontal.Replace("web-shop", "wide").Replace("name: horizontal-scaling", "name: wide-bounds");

    [Fact]
    public void Refuses_a_workload_that_lies_within_another_when_both_have_bounds()
    {
        var policies = PolicyTexts.Read(("a.yml", PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal)), ("b.yml", PolicyTexts.Join(Wide, WideBounds)));

        Assert.Equal(
            ["a.yml:14:13: all that the workload 'web-shop' selects is also selected by 'wide' (at b.yml:1:1), which has a HorizontalScaling policy too "
                + "(at b.yml:14:13); narrow one selection, or let one policy extend the other"],
            policies.Errors.Select(error => error.ToString()));
        Assert.IsType<TargetPolicies.Conflict>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
    }

    [Fact]
    public void The_policy_that_extends_the_other_counts_where_both_select()
    {
        var narrow = PolicyTexts.Horizontal.Replace("  workload: web-shop", "  workload: web-shop\n  extends: wide-bounds").Replace("maximum: 40", "maximum: 12");
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, narrow, Wide, WideBounds, PolicyTexts.LoadBased.Replace("web-shop", "wide")));

        Assert.Empty(policies.Errors);
        var inner = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        var outer = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"))));
        Assert.Equal(("web-shop", 12, "wide"), (inner.Workload.Name, inner.Horizontal.Maximum, inner.LoadBased!.Workload));
        Assert.Equal(("wide", 40), (outer.Workload.Name, outer.Horizontal.Maximum));
    }

    [Fact]
    public void Workloads_that_only_may_meet_are_no_error_and_a_conflict_where_they_do()
    {
        var other = Wide.Replace("tags: { app: shop }", "tags: { team: a }");
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, other, WideBounds));

        Assert.Empty(policies.Errors);
        Assert.IsType<TargetPolicies.Conflict>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"), ("team", "a"))));
        Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
    }
}
