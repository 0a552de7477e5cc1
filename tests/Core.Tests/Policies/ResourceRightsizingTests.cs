using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class ResourceRightsizingTests
{
    private const string Guard = "guard: { signals: [ { name: latency, metric: HttpResponseTime } ], breachedWhen: [ { signal: latency, above: 0.8 } ] }";

    [Fact]
    public void What_is_not_said_is_balanced()
    {
        var policy = Read("");

        Assert.Equal((14, TimeSpan.FromHours(24), Headroom.Balanced, 0.5, 0.95), (policy.LookBackDays, policy.HalfLife, policy.Headroom, policy.LowerPercentile, policy.UpperPercentile));
        Assert.Equal((SurvivableLoss.Instance, 0.05, 0m, "USD"), (policy.SurvivesLossOf, policy.LeastShare, policy.LeastPerMonth, policy.Currency));
        Assert.Same(SizeSelection.SameFamily, policy.Candidates);
    }

    [Fact]
    public void Everything_that_is_said_counts()
    {
        var policy = Read(
            "lookBackDays: 93", "halfLife: 2d", "headroom: strict", "percentile: 99", "bounds: { lower: 40, upper: 99.5 }",
            "candidates: { sizes: [Standard_D*], families: [standardESv5Family] }", "minimumSaving: { share: 10%, perMonth: 25.5 }", "currency: EUR",
            "surviveLossOf: zone", "bootTime: 12m", "suppress: [ { name: web*, until: 2027-01-31, reason: replaced soon } ]");

        Assert.Equal((93, TimeSpan.FromDays(2), 0.99, 0.3, 0.3), (policy.LookBackDays, policy.HalfLife, policy.Headroom.Percentile, policy.Headroom.Processor, policy.Headroom.Memory));
        Assert.Equal((0.4, 0.995), (policy.LowerPercentile, policy.UpperPercentile));
        Assert.Equal((0.1, 25.5m, "EUR", SurvivableLoss.Zone, Some.Minutes(12)), (policy.LeastShare, policy.LeastPerMonth, policy.Currency, policy.SurvivesLossOf, policy.BootTime));
        Assert.Equal(new Suppression("web*", new DateOnly(2027, 1, 31), "replaced soon"), Assert.Single(policy.Suppressions));
    }

    /// <summary>AWS Compute Optimizer's choices: P90, P95, P99.5; 0, 20, 30 % of processors; 10, 20, 30 % of memory.</summary>
    [Theory]
    [InlineData("headroom: thrifty", 0.9, 0, 0.1)]
    [InlineData("headroom: balanced", 0.95, 0.2, 0.2)]
    [InlineData("headroom: strict", 0.995, 0.3, 0.3)]
    [InlineData("headroom: { processor: 25%, memory: 0.15 }", 0.95, 0.25, 0.15)]
    public void A_headroom_is_a_word_or_shares(string text, double percentile, double processor, double memory)
    {
        var headroom = Read(text).Headroom;

        Assert.Equal((percentile, processor, memory), (headroom.Percentile, headroom.Processor, headroom.Memory));
    }

    /// <summary>8 cores with a fifth free need 10, and 7 GiB with 30 % free need 10.</summary>
    [Fact]
    public void What_stays_free_is_a_share_of_what_is_there()
    {
        Assert.Equal(10, Headroom.Balanced.Processors(8), 9);
        Assert.Equal(10, Headroom.Strict.MemoryOf(7), 9);
    }

    [Fact]
    public void A_suppression_ends_with_its_last_day()
    {
        var suppression = new Suppression("web*", new DateOnly(2027, 1, 31), "soon");

        Assert.True(suppression.Holds("web-1", new DateOnly(2027, 1, 31)));
        Assert.False(suppression.Holds("web-1", new DateOnly(2027, 2, 1)));
        Assert.False(suppression.Holds("api", new DateOnly(2027, 1, 1)));
    }

    [Fact]
    public void It_belongs_to_the_targets_of_its_workload_with_their_bounds()
    {
        var found = Assert.IsType<RightsizingPolicies.Found>(RightsizingPolicies.Of(Set(""), PolicyTexts.Target(("app", "shop"), ("env", "prod"))));

        Assert.Equal(("sizes", 40), (found.Policy.Name, found.Horizontal!.Maximum));
        Assert.IsType<RightsizingPolicies.None>(RightsizingPolicies.Of(Set(""), PolicyTexts.Target(("app", "other"))));
    }

    [Fact]
    public void Two_that_do_not_extend_each_other_are_a_conflict()
    {
        var two = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Workload.Replace("web-shop", "all-shops", StringComparison.Ordinal), Rightsizing(), Rightsizing().Replace("web-shop", "all-shops", StringComparison.Ordinal).Replace("name: sizes", "name: other", StringComparison.Ordinal)));
        var one = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Workload.Replace("web-shop", "all-shops", StringComparison.Ordinal), Rightsizing("lookBackDays: 30"), Rightsizing("extends: sizes").Replace("web-shop", "all-shops", StringComparison.Ordinal).Replace("name: sizes", "name: other", StringComparison.Ordinal)));

        Assert.Contains("none extends the others", Assert.IsType<RightsizingPolicies.Conflict>(RightsizingPolicies.Of(two, PolicyTexts.Target(("app", "shop"), ("env", "prod")))).Message, StringComparison.Ordinal);
        Assert.Equal(("other", 30), (Chosen(one).Name, Chosen(one).LookBackDays));

        static ResourceRightsizingPolicy Chosen(PolicySet set) => Assert.IsType<RightsizingPolicies.Found>(RightsizingPolicies.Of(set, PolicyTexts.Target(("app", "shop"), ("env", "prod")))).Policy;
    }

    [Fact]
    public void Guardrails_may_leave_it_out()
    {
        var set = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, Rightsizing(),
            """
            apiVersion: scalefunctions/v1
            kind: Guardrails
            metadata: { name: platform }
            spec: { kinds: [HorizontalScaling] }

            """));

        Assert.Empty(set.ResourceRightsizing);
        Assert.Contains("allow the workload 'web-shop' no ResourceRightsizing policy", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_tells_every_value_and_that_nothing_is_carried_out()
    {
        var resolved = Assert.IsType<TargetPolicies.Resolved>(Set("suppress: [ { name: web-1, until: 2027-01-31, reason: moved } ]").For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        var values = EffectivePolicies.Of(resolved).Where(value => value.Kind == "ResourceRightsizing").ToList();

        Assert.Equal(
            [
                "spec.lookBackDays = 14", "spec.halfLife = 1d", "spec.percentile = 95", "spec.headroom = balanced: 20% of processors and 20% of memory stay free",
                "spec.bounds = nothing is changed from P50 to P95", "spec.candidates = the family of the size there is", "spec.minimumSaving = 5%, 0 USD a month",
                "spec.surviveLossOf = instance", "spec.bootTime = 5m", "spec.suppress[0].name = web-1 until 2027-01-31: moved", "spec.mode = recommend",
            ],
            values.Select(value => $"{value.Path} = {value.Value}"));
        Assert.All(values, value => Assert.Equal("recommended only: the policy has 'mode: recommend'", value.Note));
    }

    [Fact]
    public void It_may_act_in_a_window_on_what_is_sure_enough()
    {
        var policy = Assert.Single(Set(
            "mode: act", "window: { when: \"Sat 02:00-06:00\", timeZone: Europe/Zurich, holds: down }", "actOn: { confidenceDays: 12, risk: medium }",
            "rollOut: { batch: 50%, pause: 10m, watch: 1h }", "onlyInstance: mayRestart", "rest: 14d", Guard).ResourceRightsizing);

        Assert.Equal((SizeMode.Act, 12, RiskLevel.Medium), (policy.Mode, policy.LeastConfidenceDays, policy.MostRisk));
        Assert.Equal(("Sat 02:00-06:00", false), (policy.Window!.When.Window.Text, policy.Window.HoldsUp));
        Assert.Equal((new RollOutTerms(0.5, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)), true, TimeSpan.FromDays(14)), (policy.Terms.RollOut, policy.Terms.MayInterrupt, policy.Terms.Rest));
        Assert.Equal(new GuardBound("latency", 0.8, null), Assert.Single(policy.Terms.Guard!.Bounds));
        Assert.False(policy.Terms.IsOpen(isRaise: false, Some.Noon));
        Assert.True(policy.Terms.IsOpen(isRaise: true, Some.Noon));
    }

    [Fact]
    public void Explain_tells_when_it_acts()
    {
        var resolved = Assert.IsType<TargetPolicies.Resolved>(Set("mode: act", "window: { when: \"Sat 02:00-06:00\" }").For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        var values = EffectivePolicies.Of(resolved).Where(value => value.Kind == "ResourceRightsizing").ToList();

        Assert.Contains("spec.window = Sat 02:00-06:00 UTC, both directions", values.Select(value => $"{value.Path} = {value.Value}"));
        Assert.Contains("spec.actOn.risk = low", values.Select(value => $"{value.Path} = {value.Value}"));
    }

    [Fact]
    public void One_that_acts_needs_bounds()
    {
        var set = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Rightsizing("mode: act", "window: { when: \"Sat 02:00-06:00\" }")));

        Assert.Empty(set.ResourceRightsizing);
        Assert.Contains("has no HorizontalScaling policy, so its bounds are missing", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_says_act_and_can_only_recommend_is_told()
    {
        var unguarded = Set("mode: act", "window: { when: \"Sat 02:00-06:00\" }");
        Assert.Contains("has no 'guard'", Assert.Single(PolicyLint.Check(unguarded), finding => finding.Rule == "only-recommends").Message, StringComparison.Ordinal);

        var set = Set("mode: act", "window: { when: \"Sat 02:00-06:00\" }", Guard);
        Assert.DoesNotContain(PolicyLint.Check(set with { Workloads = [.. set.Workloads.Select(workload => workload with { Mode = PolicyMode.Act })] }), finding => finding.Rule == "only-recommends");

        var both = set with { VerticalScaling = [SomeSizes.Policy() with { Workload = "web-shop" }] };
        Assert.Contains("VerticalScaling 'vertical' changes the size", Assert.Single(PolicyLint.Check(both), finding => finding.Rule == "only-recommends").Message, StringComparison.Ordinal);
        var observing = set with { Workloads = [.. set.Workloads.Select(workload => workload with { Mode = PolicyMode.Observe })] };
        Assert.Contains("the workload only observes", Assert.Single(PolicyLint.Check(observing), finding => finding.Rule == "only-recommends").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("window-without-effect", "window: { when: \"Sat 02:00-06:00\" }", "headroom: balanced")]
    [InlineData("no-reserve", "headroom: thrifty", "surviveLossOf: none")]
    [InlineData("low-percentile", "percentile: 75", "headroom: balanced")]
    [InlineData("candidate-without-effect", "candidates: { sizes: [Standard_B*] }", "headroom: balanced")]
    [InlineData("all-suppressed", "suppress: [ { name: \"*\", until: 2027-01-31, reason: x } ]", "headroom: balanced")]
    public void What_is_probably_not_meant_is_told(string rule, params string[] lines)
    {
        Assert.Contains(PolicyLint.Check(Set(lines)), finding => finding.Rule == rule);
        Assert.DoesNotContain(PolicyLint.Check(Set("candidates: { sizes: [Standard_D*] }")), finding => finding.Rule == rule);
    }

    private static ResourceRightsizingPolicy Read(params string[] lines)
    {
        var set = Set(lines);
        Assert.Empty(set.Errors);
        return Assert.Single(set.ResourceRightsizing);
    }

    private static PolicySet Set(params string[] lines) => PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased, Rightsizing(lines)));

    private static string Rightsizing(params string[] lines) =>
        $"""
        apiVersion: scalefunctions/v1
        kind: ResourceRightsizing
        metadata: {"{ name: sizes }"}
        spec:
          workload: web-shop

        """ + string.Concat(lines.Select(line => $"  {line}\n"));
}
