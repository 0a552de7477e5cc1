using CsCheck;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class GuardrailsTests
{
    private const string Guardrails =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec:
          maximumInstances: 20

        """;

    private const string Calendar =
        """
        apiVersion: scalefunctions/v1
        kind: ChangeCalendar
        metadata: { name: changes }
        spec:
          timeZone: Europe/Zurich
          freezes:
            - { when: "Fri 18:00-24:00", reason: week-end }

        """;

    private const string Fleet =
        """
        apiVersion: scalefunctions/v1
        kind: Guardrails
        metadata: { name: platform }
        spec:
          skus: [Standard_D*, P1v3]
          regions: [westeurope]
          fleet: { maximumInstances: 400, spendPerHour: 60.5 }
          prices: { currency: EUR, asOf: 2026-11-01, perHour: { Standard_D4s_v5: 0.21, Standard_D*: 0.1 } }

        """;

    [Fact]
    public void Places_caps_of_the_fleet_and_prices_are_read_and_explained()
    {
        var policies = Read(Fleet);

        Assert.Empty(policies.Errors);
        var guardrails = Assert.Single(policies.Guardrails);
        Assert.Equal((400, 60.5m), (guardrails.Fleet!.MaximumInstances!.Value, guardrails.Fleet.SpendPerHour!.Value));
        Assert.Equal((0.21m, 0.1m, (decimal?)null), (guardrails.Prices!.Of("Standard_D4s_v5"), guardrails.Prices.Of("Standard_D2s_v5"), guardrails.Prices.Of("P1v3")));
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        Assert.Equal(
            ["spec.skus: Standard_D*, P1v3 (g.yml:5:10)", "spec.regions: westeurope (g.yml:6:13)", "spec.fleet.maximumInstances: 400 (g.yml:7:30)", "spec.fleet.spendPerHour: 60.5 EUR, at prices of 2026-11-01 (g.yml:7:49)"],
            EffectivePolicies.Of(resolved).Where(value => value.Kind == "Guardrails").Select(value => $"{value.Path}: {value.Value} ({value.Origin})"));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_may_hold_bounds_so_nobody_acts()
    {
        var policies = PolicyReader.Read(
            [new PolicyFile("p.yml", System.Text.Encoding.UTF8.GetBytes(PolicyTexts.All))], [new PolicyError(new PolicySource("g.yml", 1, 1), "the file cannot be read: locked")]);

        Assert.True(policies.AreBoundsLost);
        Assert.Equal(PolicyMode.Observe, Assert.Single(policies.Workloads).Mode);
        Assert.Equal(
            ["g.yml:1:1: guardrails or a change calendar may stand here and cannot be read, so every workload only observes until that is mended", "g.yml:1:1: the file cannot be read: locked"],
            policies.Errors.Select(error => error.ToString()).Order());
    }

    [Theory]
    [InlineData("Standard_D*, P1v3", "Stand*ard", "5:10: 'spec.skus[0]' must be a name of letters, digits, '_' and '-', with '*' at most at its end, such as Standard_D4s_v5 or Standard_D*, but is 'Stand*ard'")]
    [InlineData("prices: { currency: EUR, asOf: 2026-11-01, perHour: { Standard_D4s_v5: 0.21, Standard_D*: 0.1 } }", "mode: act", "7:49: 'spec.fleet.spendPerHour' needs 'spec.prices', at least its currency: Azure's retail prices are taken where no own are given")]
    [InlineData("asOf: 2026-11-01, perHour", "perHour", "8:11: 'spec.prices' lacks the required field 'asOf'")]
    [InlineData("currency: EUR", "currency: euro", "8:23: 'spec.prices.currency' must be a currency of three capital letters, such as EUR, but is 'euro'")]
    [InlineData("asOf: 2026-11-01", "asOf: yesterday", "8:34: 'spec.prices.asOf' must be the day the prices are of, such as 2026-11-01, but is 'yesterday'")]
    [InlineData("Standard_D4s_v5: 0.21", "Standard_D4s_v5: 0", "8:74: 'spec.prices.perHour.Standard_D4s_v5' must be more than 0 and at most 1000000000, but is '0'")]
    [InlineData("Standard_D4s_v5: 0.21", "Standard_D4s_v5: 0.00000000001", "8:74: 'spec.prices.perHour.Standard_D4s_v5' must be at least 0.0001, but is '0.00000000001'")]
    [InlineData("perHour: { Standard_D4s_v5: 0.21, Standard_D*: 0.1 }", "perHour: 0.2", "8:55: 'spec.prices.perHour' must be sizes with prices, such as { Standard_D4s_v5: 0.21 }, but is '0.2'")]
    [InlineData("{ maximumInstances: 400, spendPerHour: 60.5 }", "{ maximumInstances: 0 }", "7:30: 'spec.fleet.maximumInstances' must be from 1 to 10000000, but is '0'")]
    public void Says_what_is_wrong_with_places_caps_and_prices(string right, string wrong, string error) =>
        Assert.Contains($"g.yml:{error}", Read(Fleet.Replace(right, wrong)).Errors.Select(each => each.ToString()));

    [Fact]
    public void A_maximum_is_narrowed_and_told_with_both_places()
    {
        var policies = Read(Guardrails);

        Assert.Empty(policies.Errors);
        Assert.Equal((3, 20, (int?)8), (policies.HorizontalScaling[0].Minimum, policies.HorizontalScaling[0].Maximum, policies.HorizontalScaling[0].WhenBlind));
        Assert.Equal(
            ["p.yml:15:37: 'spec.instances.maximum' is 40, narrowed to 20 by the guardrails at g.yml:5:21"],
            policies.Narrowings.Select(told => told.ToString()));
        var resolved = Assert.IsType<TargetPolicies.Resolved>(policies.For(PolicyTexts.Target(("app", "shop"), ("env", "prod"))));
        Assert.Contains(
            EffectivePolicies.Of(resolved),
            value => value is { Path: "spec.instances.maximum", Value: "20", Note: "the policy says 40; narrowed by g.yml:5:21" });
    }

    [Fact]
    public void What_to_raise_to_when_blind_and_the_actions_of_a_day_are_narrowed_too()
    {
        var policies = Read(Guardrails.Replace("20", "5\n  maxActionsPerDay: 12"));

        Assert.Equal((5, (int?)5, (int?)12), (policies.HorizontalScaling[0].Maximum, policies.HorizontalScaling[0].WhenBlind, policies.HorizontalScaling[0].MaxActionsPerDay));
        Assert.Equal(
            ["'spec.instances.maximum' is 40, narrowed to 5", "'spec.instances.whenBlind' is 8, narrowed to 5", "'spec.maxActionsPerDay' is not limited, narrowed to 12"],
            policies.Narrowings.Select(told => told.ToString().Split(": ", 2)[1].Split(" by ")[0]));
    }

    [Fact]
    public void The_strictest_of_several_counts_and_only_for_its_workloads()
    {
        var policies = PolicyTexts.Read(
            ("a.yml", Guardrails), ("b.yml", Guardrails.Replace("platform", "b").Replace("20", "10\n  workloads: [web-shop]")),
            ("c.yml", Guardrails.Replace("platform", "c").Replace("20", "3\n  workloads: [other]")),
            ("p.yml", PolicyTexts.All), ("q.yml", PolicyTexts.Workload.Replace("web-shop", "other").Replace("app: shop", "app: x")));

        Assert.Empty(policies.Errors);
        Assert.Equal(10, policies.HorizontalScaling[0].Maximum);
    }

    [Fact]
    public void A_policy_that_asks_for_more_at_least_than_the_platform_allows_at_most_is_not_used()
    {
        var policies = Read(Guardrails.Replace("20", "2"));

        Assert.Equal(
            ["p.yml:15:25: 'spec.instances.minimum' is 3, above the platform's maximum of 2 at g.yml:5:21; this policy is not used"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.HorizontalScaling);
    }

    [Fact]
    public void A_kind_that_is_not_allowed_is_not_used()
    {
        var policies = Read(Guardrails.Replace("maximumInstances: 20", "kinds: [HorizontalScaling]"));

        Assert.Equal(
            ["p.yml:19:1: the guardrails at g.yml:1:1 allow the workload 'web-shop' no LoadBasedScaling policy (allowed: HorizontalScaling); this one is not used"],
            policies.Errors.Select(error => error.ToString()));
        Assert.Empty(policies.LoadBasedScaling);
    }

    [Fact]
    public void A_mode_of_observe_goes_before_that_of_the_workload()
    {
        var policies = Read(Guardrails.Replace("maximumInstances: 20", "mode: observe"));

        Assert.Equal(PolicyMode.Observe, policies.Workloads[0].Mode);
        Assert.Equal(["p.yml:8:9: 'spec.mode' is act, narrowed to observe by the guardrails at g.yml:5:9"], policies.Narrowings.Select(told => told.ToString()));
    }

    [Fact]
    public void Names_of_workloads_that_are_not_there_are_an_error() => Assert.Equal(
        ["g.yml:6:15: the workload 'webshop' is not defined, so every workload only observes until that is mended; did you mean 'web-shop'?"],
        Read(Guardrails.Replace("20", "20\n  workloads: [webshop]")).Errors.Select(error => error.ToString()));

    [Theory]
    [InlineData("maximumInstances: 20", "maximumInstances: twenty")]
    [InlineData("maximumInstances: 20", "maximumInstances: [20")]
    [InlineData("maximumInstances: 20", "mode: act\n\tx: 1")]
    [InlineData("kind: Guardrails", "kind: Guardrails\nkind: Guardrails")]
    public void Broken_guardrails_let_nobody_act(string right, string wrong)
    {
        var policies = Read(Guardrails.Replace(right, wrong));

        Assert.Equal(PolicyMode.Observe, policies.Workloads[0].Mode);
        Assert.Single(policies.HorizontalScaling);
        Assert.Contains(policies.Errors, error => error.Source.File == "g.yml" && error.Message.EndsWith("every workload only observes until that is mended", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_calendar_lets_nobody_act() => Assert.Equal(PolicyMode.Observe, Read(Calendar.Replace("Fri 18:00-24:00", "Friday")).Workloads[0].Mode);

    [Fact]
    public void A_calendar_holds_the_workloads_it_names()
    {
        var all = Read(Calendar);
        var other = Read(PolicyTexts.Join(
            Calendar.Replace("  timeZone", "  workloads: [other]\n  timeZone"), PolicyTexts.Workload.Replace("web-shop", "other").Replace("app: shop", "app: x")));
        var target = PolicyTexts.Target(("app", "shop"), ("env", "prod"));

        Assert.Empty(all.Errors);
        Assert.Empty(other.Errors);
        Assert.Equal("changes", Assert.Single(Assert.IsType<TargetPolicies.Resolved>(all.For(target)).Freezes).Calendar);
        Assert.Empty(Assert.IsType<TargetPolicies.Resolved>(other.For(target)).Freezes);
    }

    [Theory]
    [InlineData("Fri 18:00-24:00", "Friday 18:00", "7:15: 'spec.freezes[0].when' must be a time such as 'Mon-Fri 07:30-19:00', 'Sat,Sun', '22:00-06:00', '2026-12-24/2026-12-26' or '2026-11-27T00:00/2026-11-30T23:59', but is the quoted text 'Friday 18:00'")]
    [InlineData("Fri 18:00-24:00", "2026-11-30/2026-11-27", "7:15: 'spec.freezes[0].when' ends at 2026-11-28T00:00, which is not after its begin at 2026-11-30T00:00")]
    [InlineData("Fri 18:00-24:00", "2026-12-24/9999-12-31", "7:15: 'spec.freezes[0].when' is '2026-12-24/9999-12-31', which leads out of the years 1900 to 2200")]
    [InlineData("Fri 18:00-24:00", "2026-01-01T00:00/9999-12-31T23:59", "7:15: 'spec.freezes[0].when' is '2026-01-01T00:00/9999-12-31T23:59', which leads out of the years 1900 to 2200")]
    [InlineData("Fri 18:00-24:00", "0001-01-01/2026-12-31", "7:15: 'spec.freezes[0].when' is '0001-01-01/2026-12-31', which leads out of the years 1900 to 2200")]
    [InlineData("Fri 18:00-24:00", "-9998-01-01T00:00/2026-12-31T00:00", "7:15: 'spec.freezes[0].when' is '-9998-01-01T00:00/2026-12-31T00:00', which leads out of the years 1900 to 2200")]
    [InlineData("Fri 18:00-24:00", "18:00-18:00", "7:15: 'spec.freezes[0].when' must be a time such as")]
    [InlineData("Fri 18:00-24:00", "18:00-25:00", "7:15: 'spec.freezes[0].when' must be a time such as")]
    [InlineData("Fri 18:00-24:00", "Fri18:00-24:00", "7:15: 'spec.freezes[0].when' must be a time such as")]
    [InlineData("Europe/Zurich", "Europe/Zürich", "5:13: 'spec.timeZone' is 'Europe/Zürich', which is no IANA time zone such as Europe/Zurich or UTC; did you mean 'Europe/Zurich'?")]
    [InlineData("Europe/Zurich", "\"+01:00\"", "5:13: 'spec.timeZone' is '+01:00', which is no IANA time zone such as Europe/Zurich or UTC")]
    [InlineData("reason: week-end", "breakGlass: { by: ann }", "7:7: 'spec.freezes[0]' lacks the required field 'reason'")]
    [InlineData("reason: week-end", "reason: x, breakGlass: { by: ann, reason: why, until: tomorrow }", "7:88: 'spec.freezes[0].breakGlass.until' must be a date and time such as 2026-11-28T12:00, but is 'tomorrow'")]
    public void Says_what_is_wrong_in_a_calendar(string right, string wrong, string error) =>
        Assert.StartsWith($"g.yml:{error}", Read(Calendar.Replace(right, wrong)).Errors.First(each => !each.Message.EndsWith("mended", StringComparison.Ordinal)).ToString(), StringComparison.Ordinal);

    /// <summary>Whatever guardrails and policies say, the result is within both.</summary>
    [Fact]
    public void Guardrails_only_narrow() => Gen.Select(
        Gen.Int[1, 30], Gen.Int[0, 30], Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[2, 50], Gen.Int[2, 50], Gen.Bool).Sample(
        (minimum, more, first, second, actions, ownActions, hasOwn) =>
        {
            var policies = PolicyTexts.Read(
                ("a.yml", Guardrails.Replace("20", $"{first}\n  maxActionsPerDay: {actions}")),
                ("b.yml", Guardrails.Replace("platform", "second").Replace("20", $"{second}")),
                ("p.yml", PolicyTexts.Join(
                    PolicyTexts.Workload,
                    PolicyTexts.Horizontal.Replace("minimum: 3, maximum: 40, whenBlind: 8", $"minimum: {minimum}, maximum: {minimum + more}, whenBlind: {minimum + (more / 2)}")
                        + (hasOwn ? $"  maxActionsPerDay: {ownActions}\n" : ""))));
            var bound = Math.Min(first, second);
            if (minimum > bound)
            {
                return policies.HorizontalScaling.Count == 0 && policies.Errors.Count == 1;
            }

            var policy = policies.HorizontalScaling[0];
            return policy.Maximum == Math.Min(bound, minimum + more) && policy.Minimum == minimum && policy.WhenBlind <= policy.Maximum
                && policy.MaxActionsPerDay == (hasOwn ? Math.Min(actions, ownActions) : actions)
                && policies.Narrowings.Any(told => told.Path == "spec.instances.maximum") == (minimum + more > bound);
        },
        iter: 10_000);

    private static PolicySet Read(string guardrails) => PolicyTexts.Read(("g.yml", guardrails), ("p.yml", PolicyTexts.All));
}
