using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary><c>spec.rollout</c> of guardrails.</summary>
public sealed class RingsBindingTests
{
    private const string Guardrails =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: rollout }
        spec:
          rollout:
            rings:
              - name: canary
                select: { tags: { ring: canary } }
                soak: 2h
              - { name: share, share: 25% }
            criteria:
              failed: 1
              doubtful: 5%
              minimumActions: 3

        """;

    [Fact]
    public void Rings_and_criteria_are_read_and_what_is_not_said_has_its_default()
    {
        var policies = Read(Guardrails);

        Assert.Empty(policies.Errors);
        var rings = policies.Rings!;
        Assert.Equal(
            [("canary", "tag ring: canary", TimeSpan.FromHours(2)), ("share", "25 % of all resources", RingsBinding.UsualSoak)], rings.Rings.Select(ring => (ring.Name, ring.Who, ring.Soak)));
        Assert.Equal(
            new RingCriteria { Failed = new RingLimit(1, IsShare: false), Doubtful = new RingLimit(0.05, IsShare: true), MinimumActions = 3 }, rings.Criteria);
        Assert.Equal(RingLimit.None, rings.Criteria.Quarantined);
        Assert.Equal("g.yml:6:5", $"{rings.Source}");
        Assert.Equal((new RingCriteria(), "10 %"), (Read(Guardrails.Split("    criteria:")[0]).Rings!.Criteria, $"{new RingCriteria().Doubtful}"));
    }

    [Fact]
    public void They_are_explained_with_where_they_stand()
    {
        var resolved = Assert.IsType<TargetPolicies.Resolved>(Read(Guardrails).For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));

        Assert.Contains(
            EffectivePolicies.Of(resolved), value => value is { Path: "spec.rollout", Value: "canary (tag ring: canary, 2h), share (25 % of all resources, 4h), all", Origin: { Line: 6, Column: 5 } });
    }

    [Fact]
    public void Without_it_there_are_none() => Assert.Null(PolicyTexts.Read(PolicyTexts.All).Rings);

    [Theory]
    [InlineData("name: share", "name: all", "10:17: 'spec.rollout.rings[1].name' is 'all', which is the last step and needs no ring; give another name, or remove the ring")]
    [InlineData("name: share", "name: Canary", "10:17: 'spec.rollout.rings[1].name' is 'Canary', which is the name of a ring before it; each name is used once")]
    [InlineData("share: 25%", "soak: 1h", "10:9: 'spec.rollout.rings[1]' needs either 'select' or 'share'")]
    [InlineData("share: 25%", "share: 25%, select: { name: x }", "10:9: 'spec.rollout.rings[1]' needs either 'select' or 'share'")]
    [InlineData("share: 25%", "share: 0%", "10:31: 'spec.rollout.rings[1].share' must be more than 0%, or the ring has nobody, but is '0%'")]
    [InlineData("share: 25%", "share: 100%", "10:31: 'spec.rollout.rings[1].share' must be a share from 0% up to, but not including, 100% (0 to 1), but is '100%'")]
    [InlineData("share: 25% }", "share: 25% }\n      - { name: less, share: 20% }", "11:30: 'spec.rollout.rings[2].share' is no more than the share of the ring 'share' before it, so it adds nobody; give a larger share")]
    [InlineData("soak: 2h", "soak: 1m", "9:15: 'spec.rollout.rings[0].soak' must be from 5m to 14d, but is '1m'")]
    [InlineData("ring: canary }", "ring: [] }", "8:33: 'spec.rollout.rings[0].select.ring' is an empty list; give at least one item", "tags.ring")]
    [InlineData("failed: 1", "failed: half", "12:15: 'spec.rollout.criteria.failed' must be a whole number such as 3 (decimal digits, no leading zero, no quotes), but is 'half'")]
    [InlineData("failed: 1", "fails: 1", "12:7: unknown field 'fails' in 'spec.rollout.criteria'; did you mean 'failed'? (allowed: failed, breached, doubtful, quarantined, minimumActions)")]
    [InlineData("doubtful: 5%", "doubtful: 200%", "13:17: 'spec.rollout.criteria.doubtful' must be a share from 0% up to, but not including, 100% (0 to 1), but is '200%'")]
    [InlineData("spec:\n", "spec:\n  workloads: [web-shop]\n", "7:5: 'spec.rollout' is about all policies, and these guardrails bound some 'workloads' only; give it in guardrails of their own")]
    public void Says_what_is_wrong(string right, string wrong, string error, string path = "")
    {
        var errors = Read(Guardrails.Replace(right, wrong)).Errors.Select(each => $"{each.Source.Line}:{each.Source.Column}: {each.Message}".Replace(path.Length > 0 ? path : "\n", path.Length > 0 ? "ring" : "\n"));

        Assert.Contains(error, errors);
    }

    /// <summary>Which way a change goes would be anybody's guess, as with bounds that cannot be read.</summary>
    [Fact]
    public void Two_of_them_are_none_and_nobody_acts_until_one_is_removed()
    {
        var policies = PolicyTexts.Read(("g.yml", Guardrails), ("h.yml", Guardrails.Replace("name: rollout", "name: other")), ("p.yml", PolicyTexts.All));

        Assert.Equal(
            ["g.yml:6:5: 'spec.rollout' is also given at h.yml:6:5, so every workload only observes until that is mended; remove one",
                "h.yml:6:5: 'spec.rollout' is also given at g.yml:6:5, so every workload only observes until that is mended; remove one"],
            policies.Errors.Select(error => error.ToString()));
        Assert.True(policies.AreBoundsLost);
    }

    private static PolicySet Read(string guardrails) => PolicyTexts.Read(("g.yml", guardrails), ("p.yml", PolicyTexts.All));
}
