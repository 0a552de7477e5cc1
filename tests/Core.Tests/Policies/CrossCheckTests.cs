namespace ScaleFunctions.Core.Tests.Policies;

public sealed class CrossCheckTests
{
    [Fact]
    public void Refuses_a_policy_of_an_undefined_workload_and_suggests_a_near_name()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal.Replace("workload: web-shop", "workload: webshop")));

        Assert.Equal(["14:13: the workload 'webshop' is not defined; did you mean 'web-shop'?"], PolicyTexts.Errors(policies));
        Assert.Empty(policies.HorizontalScaling);
        Assert.Single(policies.Workloads);
    }

    [Fact]
    public void Refuses_two_workloads_of_one_name_and_what_refers_to_them()
    {
        var policies = PolicyTexts.Read(("a.yml", PolicyTexts.Workload), ("b.yml", PolicyTexts.Workload), ("c.yml", PolicyTexts.Horizontal));

        Assert.Equal(
            ["a.yml:3:19: the workload 'web-shop' is also defined at b.yml:3:19; neither is used until one is renamed",
             "b.yml:3:19: the workload 'web-shop' is also defined at a.yml:3:19; neither is used until one is renamed",
             "c.yml:5:13: the workload 'web-shop' has errors (see a.yml:3:19), so this policy is not used"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.Workloads);
        Assert.Empty(policies.HorizontalScaling);
    }

    /// <summary>What is kept of a budget is kept by its name: two of one name would undo each other's steps.</summary>
    [Theory]
    [InlineData("BudgetAlerts", "budget", "spec: { scope: /subscriptions/12345678-90ab-cdef-1234-567890abcdef, amount: 100, currency: EUR, thresholds: { actual: [80] } }")]
    [InlineData("CostMonitoring", "monitoring of costs", "spec: { currency: EUR }")]
    [InlineData("AlertChannels", "list of channels", "spec: { channels: [ { name: ops, type: actionGroup } ] }")]
    public void Refuses_two_policies_of_one_name_that_what_is_kept_goes_by(string kind, string word, string spec)
    {
        string Text(string name) => $"apiVersion: scalefunctions/v1\nkind: {kind}\nmetadata: {{ name: {name} }}\n{spec.Replace("ops", name == "shop" ? "ops" : "finance", StringComparison.Ordinal)}\n";

        var policies = PolicyTexts.Read(("a.yml", Text("shop")), ("b.yml", Text("Shop")));

        Assert.Equal(
            [$"a.yml:3:19: the {word} 'shop' is also defined at b.yml:3:19; neither is used until one is renamed",
             $"b.yml:3:19: the {word} 'Shop' is also defined at a.yml:3:19; neither is used until one is renamed"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.BudgetAlerts);
        Assert.Empty(policies.CostMonitoring);
        Assert.Empty(policies.AlertChannels);
        Assert.DoesNotContain(PolicyTexts.Read(("a.yml", Text("shop")), ("b.yml", Text("shop-2"))).Errors, error => error.Message.Contains("defined at", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_two_policies_of_a_kind_for_one_workload()
    {
        var policies = PolicyTexts.Read(("a.yml", PolicyTexts.Workload), ("b.yml", PolicyTexts.Horizontal), ("c.yml", PolicyTexts.Horizontal));

        Assert.Equal(
            ["b.yml:5:13: the workload 'web-shop' has another HorizontalScaling policy at c.yml:5:13; neither is used until one is removed",
             "c.yml:5:13: the workload 'web-shop' has another HorizontalScaling policy at b.yml:5:13; neither is used until one is removed"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.HorizontalScaling);
        Assert.Single(policies.Workloads);
    }

    [Fact]
    public void Refuses_load_without_bounds()
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.LoadBased));

        Assert.Equal(["14:13: the workload 'web-shop' has no HorizontalScaling policy, so its bounds are missing; add one"], PolicyTexts.Errors(policies));
        Assert.Empty(policies.LoadBasedScaling);
    }

    [Fact]
    public void Refuses_load_whose_bounds_have_errors()
    {
        var policies = PolicyTexts.Read(PolicyTexts.All.Replace("minimum: 3", "minimum: 030"));

        Assert.Equal(
            ["15:25: 'spec.instances.minimum' must be a whole number such as 3 (decimal digits, no leading zero, no quotes), but is '030'",
             "23:13: the HorizontalScaling policy of 'web-shop' has errors (see p.yml:14:13), so this policy is not used"],
            PolicyTexts.Errors(policies));
        Assert.Single(policies.Workloads);
    }

    [Fact]
    public void A_workload_without_policies_is_fine() => Assert.Empty(PolicyTexts.Errors(PolicyTexts.Workload));
}
