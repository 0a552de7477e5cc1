using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Sandbox.Tests.Faults;

public sealed class FaultPlanTests
{
    [Fact]
    public void Reads_every_effect_from_JSON()
    {
        var rules = FaultPlan.Parse("""
            [
              {"method":"PATCH","target":"/web\\?","skip":1,"times":2,"effect":{"kind":"answer","status":503,"code":"Down","headers":{"Retry-After":"3"},"lands":true}},
              {"from":"2026-01-05T00:00:00Z","until":"2026-01-06T00:00:00Z","effect":{"kind":"delay","wait":"00:00:30"}},
              {"effect":{"kind":"dropBefore"}}, {"effect":{"kind":"dropAfter"}}, {"effect":{"kind":"truncate","bytes":3}},
              {"effect":{"kind":"throttle","retryAfterSeconds":5}}, {"effect":{"kind":"throttle"}},
              {"effect":{"kind":"showCapacity","capacity":0}}, {"effect":{"kind":"hideTags"}},
              {"effect":{"kind":"emptyMetrics","keepsPoints":true}}, {"effect":{"kind":"constantMetrics","value":0}},
              {"effect":{"kind":"shiftMetrics","by":"-01:00:00"}}, {"effect":{"kind":"operationNeverEnds"}},
              {"effect":{"kind":"operationFails","arriving":2}},
              {"effect":{"kind":"sizeNotAllocated","size":"Standard_D2s_v5","zone":"1"}}, {"effect":{"kind":"unhealthySize"}},
              {"effect":{"kind":"upgradeFails","upgraded":1}}, {"effect":{"kind":"upgradeStops","upgraded":0}}
            ]
            """);

        Assert.Equal(("PATCH", "/web\\?", 1, 2), (rules[0].Method, rules[0].Target, rules[0].Skip, rules[0].Times));
        Assert.Equal((503, "Down", true), rules[0].Effect is AnswerWith answer ? (answer.Status, answer.Code, answer.Lands) : default);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<DelayAnswer>(rules[1].Effect).Wait);
        Assert.Equal(
            [
                new DropBeforeLanding(), new DropAfterLanding(), new TruncateAnswer(3), new Throttle(5), new Throttle(17),
                new ShowCapacity(0), new HideTags(), new EmptyMetrics(true), new ConstantMetrics(0),
                new ShiftMetrics(TimeSpan.FromHours(-1)), new OperationNeverEnds(), new OperationFails(Arriving: 2),
                new SizeNotAllocated("Standard_D2s_v5", "1"), new UnhealthySize(), new UpgradeFails(1), new UpgradeStops(0),
            ],
            rules.Skip(2).Select(rule => rule.Effect));
    }

    [Theory]
    [InlineData("""[{"effect":{"kind":"explode"}}]""", "faults[0]")]
    [InlineData("""[{"method":"GET"}]""", "effect")]
    [InlineData("""[{"effect":null}]""", "faults[0].effect")]
    [InlineData("""[null]""", "faults[0]")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"tims":3}]""", "tims")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"target":"("}]""", "faults[0].target")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"target":"(a)\\1"}]""", "faults[0].target")]
    [InlineData("""[{"effect":{"kind":"hideTags"}},{"effect":{"kind":"hideTags"},"times":0}]""", "faults[1].times")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"skip":-1}]""", "faults[0].skip")]
    [InlineData("""[{"effect":{"kind":"answer","status":42}}]""", "faults[0].effect.status")]
    [InlineData("""[{"effect":{"kind":"delay","wait":"-00:00:01"}}]""", "faults[0].effect.wait")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"from":"2026-01-06T00:00:00Z","until":"2026-01-05T00:00:00Z"}]""", "faults[0].until")]
    [InlineData("""[{"effect":{"kind":"upgradeFails","upgraded":-1}}]""", "faults[0].effect.upgraded")]
    [InlineData("""[{"effect":{"kind":"upgradeStops","upgraded":-1}}]""", "faults[0].effect.upgraded")]
    [InlineData("""{}""", "faults")]
    [InlineData("""[""", "faults")]
    [InlineData("", "expected an array of faults")]
    [InlineData("null", "expected an array of faults")]
    [InlineData("""[{"kind":"throttle"}]""", "unknown field 'kind'")]
    [InlineData("""[{"times":1}]""", "these fields are missing: 'effect'")]
    [InlineData("""[{"effect":{"kind":"explode"}}]""", "there is no kind of fault 'explode'")]
    [InlineData("""[{"effect":{"kind":"hideTags"},"times":"x"}]""", "faults[0].times, line 1: a value of another type")]
    public void A_wrong_plan_is_refused_with_the_place_and_without_our_type_names(string json, string place)
    {
        var message = Assert.Throws<FormatException>(() => FaultPlan.Parse(json)).Message;

        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.DoesNotContain("ScaleFunctions", message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_skips_then_holds_a_number_of_times()
    {
        var plan = new FaultPlan();
        plan.Add(new FaultRule { Effect = new HideTags(), Method = "get", Target = "/WEB", Skip = 2, Times = 2 });
        var met = Enumerable.Range(0, 6).Select(_ => plan.Meet("GET", "host/web", SandboxHost.Start).Count).ToArray();

        Assert.Equal([0, 0, 1, 1, 0, 0], met);
    }

    [Fact]
    public void What_does_not_match_is_not_counted()
    {
        var plan = new FaultPlan();
        plan.Add(new FaultRule
        {
            Effect = new HideTags(),
            Method = "GET",
            Target = "web",
            From = SandboxHost.Start,
            Until = SandboxHost.Start.AddMinutes(1),
            Times = 1,
        });
        int[] met =
        [
            plan.Meet("PATCH", "web", SandboxHost.Start).Count,
            plan.Meet("GET", "api", SandboxHost.Start).Count,
            plan.Meet("GET", "web", SandboxHost.Start.AddSeconds(-1)).Count,
            plan.Meet("GET", "web", SandboxHost.Start.AddMinutes(1)).Count,
            plan.Meet("GET", "web", SandboxHost.Start).Count,
        ];

        Assert.Equal([0, 0, 0, 0, 1], met);
    }
}
