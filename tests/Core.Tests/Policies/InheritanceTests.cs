using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class InheritanceTests
{
    private const string Team =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: team }
        spec:
          workload: web-shop
          extends: NAME
          instances: { minimum: 3, maximum: 40 }
          scaleIn: { stabilization: 7m, atMost: { instances: 2 } }

        """;

    private const string Organisation =
        """
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: organisation }
        spec:
          extends: presets/strict
          instances: { minimum: 2, whenBlind: 6 }
          scaleIn: { cooldown: 9m }

        """;

    [Fact]
    public void What_a_policy_says_goes_before_the_preset_and_the_preset_before_the_defaults()
    {
        var policy = Horizontal(PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "presets/strict"))));

        Assert.Equal(
            new DirectionBehavior
            {
                Stabilization = TimeSpan.FromMinutes(7),
                Cooldown = TimeSpan.FromMinutes(10),
                AtMost = new RateLimit { Instances = 2 },
            },
            policy.ScaleIn);
        Assert.Equal(200, policy.ScaleOut.AtMost!.Percent);
        Assert.Equal(new PolicySource("p.yml", 17, 29), policy.Origins.Of("spec.scaleIn.stabilization"));
        Assert.Equal(new PolicySource("built-in presets/strict.yml", 16, 15), policy.Origins.Of("spec.scaleIn.cooldown"));
        Assert.Null(policy.Origins.Of("spec.scaleIn.atMost.percent"));
        Assert.Null(policy.Origins.Of("spec.instances.whenBlind"));
    }

    [Fact]
    public void A_workload_takes_its_mode_from_a_base_that_selects_nothing()
    {
        const string defaults = "apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: defaults }\nspec: { mode: act }\n";
        var policies = PolicyTexts.Read(
            ("org.yml", defaults),
            ("p.yml", PolicyTexts.Join(PolicyTexts.Workload.Replace("mode: act", "extends: defaults"), PolicyTexts.Horizontal)));

        Assert.Empty(policies.Errors);
        var workload = Assert.Single(policies.Workloads);
        Assert.Equal(("web-shop", PolicyMode.Act, new PolicySource("org.yml", 4, 15)), (workload.Name, workload.Mode, workload.Origins.Of("spec.mode")));
    }

    [Fact]
    public void What_a_workload_selects_is_not_handed_on()
    {
        var errors = PolicyTexts.Errors(PolicyTexts.Join(
            PolicyTexts.Workload, PolicyTexts.Horizontal, "apiVersion: scalefunctions/v1\nkind: Workload\nmetadata: { name: other }\nspec: { extends: web-shop }\n"));

        Assert.Contains("22:7: 'spec' lacks the required field 'select'", errors);
    }

    [Fact]
    public void A_base_without_a_workload_serves_others_and_may_extend_a_preset_itself()
    {
        var policies = PolicyTexts.Read(("org.yml", Organisation), ("p.yml", PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "organisation"))));
        var policy = Horizontal(policies);

        Assert.Single(policies.HorizontalScaling);
        Assert.Equal((3, 40, (int?)6), (policy.Minimum, policy.Maximum, policy.WhenBlind));
        Assert.Equal(TimeSpan.FromMinutes(9), policy.ScaleIn.Cooldown);
        Assert.Equal(["organisation", "strict"], policy.Extends);
        Assert.Equal(new PolicySource("org.yml", 6, 39), policy.Origins.Of("spec.instances.whenBlind"));
    }

    [Theory]
    [InlineData("presets/stricter", "15:12: 'spec.extends' names 'presets/stricter', which is neither a preset nor the name of a HorizontalScaling policy; did you mean 'presets/strict'? (presets: presets/balanced, presets/strict, presets/thrifty)")]
    [InlineData("team", "15:12: 'spec.extends' leads back to where it began, at p.yml:10:1; a policy cannot extend itself")]
    [InlineData("[a]", "15:12: 'spec.extends' must be text, but is a list")]
    public void Refuses_to_extend_what_is_not_there(string name, string error) => Assert.Equal(
        [error], PolicyTexts.Errors(PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", name))));

    [Fact]
    public void Refuses_a_circle_of_several()
    {
        var policies = PolicyTexts.Read(
            ("a.yml", Organisation.Replace("presets/strict", "team")), ("b.yml", PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "organisation"))));

        Assert.Equal(
            ["a.yml:5:12: 'spec.extends' leads back to where it began, at b.yml:10:1; a policy cannot extend itself"],
            policies.Errors.Where(error => error.Source.File == "a.yml").Select(error => error.ToString()));
        Assert.Empty(policies.HorizontalScaling);
    }

    [Fact]
    public void Refuses_a_name_that_two_policies_have()
    {
        var policies = PolicyTexts.Read(
            ("a.yml", Organisation), ("b.yml", Organisation), ("p.yml", PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "organisation"))));

        Assert.Contains(
            "p.yml:15:12: 'spec.extends' names 'organisation', as 2 HorizontalScaling policies are called (at a.yml:1:1 and b.yml:1:1); rename one",
            policies.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void An_error_in_a_base_is_told_once_at_its_place_however_many_extend_it()
    {
        var policies = PolicyTexts.Read(
            ("org.yml", Organisation.Replace("9m", "9 minutes")),
            ("p.yml", PolicyTexts.Join(
                PolicyTexts.Workload, Team.Replace("NAME", "organisation"),
                PolicyTexts.Workload.Replace("web-shop", "other").Replace("app: shop", "app: other"),
                Team.Replace("NAME", "organisation").Replace("web-shop", "other").Replace("name: team", "name: second"))));

        Assert.Equal(
            ["org.yml:7:24: 'spec.scaleIn.cooldown' must be a duration such as 90s, 5m, 1h30m or 2d, but is '9 minutes'"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.HorizontalScaling);
    }

    [Fact]
    public void Of_two_policies_for_one_workload_the_one_that_extends_the_other_counts()
    {
        var narrow = Team.Replace("NAME", "horizontal-scaling").Replace("maximum: 40", "maximum: 20");
        var policies = PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal, narrow));

        Assert.Equal(20, Horizontal(policies).Maximum);
        Assert.Single(policies.HorizontalScaling);
    }

    [Fact]
    public void A_preset_in_the_policy_directory_goes_before_the_one_of_the_program()
    {
        var own = Organisation.Replace("name: organisation", "name: strict").Replace("  extends: presets/strict\n", "");
        var policies = PolicyTexts.Read(
            ("policies/presets/strict.yml", own), ("policies/p.yml", PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "presets/strict"))));

        Assert.Equal(6, Horizontal(policies).WhenBlind);
        Assert.Equal(100, Horizontal(policies).ScaleOut.AtMost!.Percent);
    }

    [Theory]
    [InlineData("strict")]
    [InlineData("balanced")]
    [InlineData("thrifty")]
    public void Every_preset_can_be_extended_by_both_kinds(string preset)
    {
        var policies = PolicyTexts.Read(PolicyTexts.Join(
            PolicyTexts.Workload, Team.Replace("NAME", $"presets/{preset}"),
            PolicyTexts.LoadBased.Replace("  signals:", $"  extends: presets/{preset}\n  signals:").Replace(", tolerance: { out: 10%, in: 5% }", "")));

        Assert.Empty(policies.Errors);
        Assert.StartsWith($"built-in presets/{preset}.yml:", policies.LoadBasedScaling[0].Origins.Of("spec.tolerance.out").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_balanced_preset_is_what_holds_without_one()
    {
        var balanced = Horizontal(PolicyTexts.Read(PolicyTexts.Join(PolicyTexts.Workload, Team.Replace("NAME", "presets/balanced").Replace("stabilization: 7m, atMost: { instances: 2 }", "stabilization: 5m"))));

        Assert.Equal((DirectionBehavior.DefaultOut, DirectionBehavior.DefaultIn), (balanced.ScaleOut, balanced.ScaleIn));
    }

    [Fact]
    public void The_program_has_the_presets_of_the_repository() => Assert.Equal(
        Directory.GetFiles(Path.Combine(PolicyReaderTests.RepositoryRoot(), "policies", "presets")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
        PolicyPresets.Files.Select(file => Path.GetFileName(file.Name)));

    private static HorizontalScalingPolicy Horizontal(PolicySet policies)
    {
        Assert.Empty(policies.Errors);
        return policies.HorizontalScaling[0];
    }
}
