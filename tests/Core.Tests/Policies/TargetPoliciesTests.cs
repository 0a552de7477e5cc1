using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class TargetPoliciesTests
{
    private static readonly ObservedTarget Shop = PolicyTexts.Target(("app", "shop"), ("env", "prod"));

    [Fact]
    public void Resolves_the_policies_of_the_one_workload_that_selects_the_target()
    {
        var policies = PolicyTexts.Read(PolicyTexts.All);

        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(Shop));

        Assert.Same(policies.Workloads[0], resolved.Workload);
        Assert.Same(policies.HorizontalScaling[0], resolved.Horizontal);
        Assert.Same(policies.LoadBasedScaling[0], resolved.LoadBased);
    }

    [Fact]
    public void Resolves_bounds_without_load() =>
        Assert.Null(Assert.IsType<TargetPolicies.Resolved>(
            PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal)).For(Shop)).LoadBased);

    [Fact]
    public void Nothing_is_asked_of_a_target_that_no_workload_selects() =>
        Assert.Equal(
            new TargetPolicies.None("no workload selects it"),
            PolicyTexts.Read(PolicyTexts.All).For(PolicyTexts.Target(("app", "shop"))));

    [Fact]
    public void Nothing_is_asked_of_a_target_whose_tags_could_not_be_read() =>
        Assert.Equal(
            new TargetPolicies.None("no workload selects it; its tags could not be read: throttled"),
            PolicyTexts.Read(PolicyTexts.All).For(Shop with { Tags = new TargetTags.Unknown("throttled") }));

    [Fact]
    public void Nothing_is_asked_without_bounds() =>
        Assert.Equal(
            new TargetPolicies.None("the workload 'web-shop' selects it but has no valid HorizontalScaling policy, so its bounds are unknown"),
            PolicyTexts.Read(PolicyTexts.Workload).For(Shop));

    [Fact]
    public void Two_workloads_that_select_a_target_are_a_conflict()
    {
        var other = PolicyTexts.Workload.Replace("web-shop", "other");

        var conflict = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.All, other)).For(Shop);

        Assert.Equal(
            new TargetPolicies.Conflict(
                "selected by 2 workloads ('web-shop' at p.yml:1:1, 'other' at p.yml:29:1); narrow 'spec.select' so that one of them remains, or let the policies of one extend those of the other"),
            conflict);
    }
}
