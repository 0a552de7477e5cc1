using CsCheck;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

/// <summary>Which of two sets decides for whom while one of them is rolled out.</summary>
public sealed class RingedPoliciesTests
{
    private static readonly PolicySet Before = Some.Policies(Some.Horizontal(1, 100), version: "before");

    private static readonly PolicySet Next = Some.Policies(Some.Horizontal(5, 50), version: "next");

    private static readonly IReadOnlyList<PolicyRing> Rings =
    [
        new("canary", new TargetSelector { Tags = new Dictionary<string, IReadOnlyList<string>> { ["ring"] = ["canary"] } }, null, TimeSpan.FromHours(1)),
        new("share", null, 0.25, TimeSpan.FromHours(1)),
    ];

    [Fact]
    public void The_changed_set_decides_inside_the_rings_that_were_reached_and_the_one_before_it_outside()
    {
        var policies = With(reached: 0);

        Assert.Equal(("next", 5), Decided(policies, Canary));
        Assert.Equal(("before", 1), Decided(policies, Other));
        Assert.Equal((Next, policies), (policies.Of(Canary), policies.Of(Other)));
        Assert.Equal(("before", 1), Decided(policies.Whole, Canary));
    }

    [Fact]
    public void A_target_of_which_nobody_knows_whether_it_is_in_a_ring_is_not_in_it() =>
        Assert.Equal(("before", 1), Decided(With(reached: 0), Canary with { Tags = new TargetTags.Unknown("403") }));

    /// <summary>A share is that of all ids, and whoever is in it is in each larger one.</summary>
    [Fact]
    public void A_share_holds_about_as_many_as_it_says_always_the_same_ones_and_those_of_smaller_shares()
    {
        var targets = Enumerable.Range(0, 4000).Select(number => Named($"set-{number}")).ToList();
        var (small, large) = (new PolicyRing("a", null, 0.05, default), new PolicyRing("b", null, 0.3, default));

        Assert.InRange(targets.Count(small.Holds), 160, 240);
        Assert.InRange(targets.Count(large.Holds), 1110, 1290);
        Assert.All(targets.Where(small.Holds), target => Assert.True(large.Holds(target)));
        Assert.All(targets, target => Assert.Equal(large.Holds(target), large.Holds(target with { Id = TargetId.Parse(target.Id.Value.ToUpperInvariant()), Capacity = 9 })));
    }

    [Fact]
    public void No_target_outside_the_rings_that_were_reached_is_ever_decided_by_the_changed_set_and_no_ring_loses_one() => Gen.Select(
        Gen.Select(Gen.Bool, Gen.Double[0.01, 0.99]).Array[1, 5], Gen.Int[0, 100_000].Array[1, 20], Gen.Int[0, 2].Array[20]).Sample((shapes, names, tags) =>
    {
        var rings = shapes.Select((shape, number) => shape.Item1
            ? new PolicyRing($"r{number}", new TargetSelector { Tags = new Dictionary<string, IReadOnlyList<string>> { ["ring"] = [$"{number % 3}"] } }, null, default)
            : new PolicyRing($"r{number}", null, shape.Item2, default)).ToList();
        var targets = names.Select((name, index) => Named($"set-{name}") with { Tags = Tag($"{tags[index]}") }).ToList();
        foreach (var target in targets)
        {
            var isReached = false;
            for (var reached = 0; reached < rings.Count; reached++)
            {
                var had = isReached;
                isReached = had || rings[reached].Holds(target);
                Assert.Equal(isReached ? "next" : "before", Decided(Before with { Rollout = new RingedPolicies(Next, rings, reached) }, target).Version);
            }
        }
    });

    [Fact]
    public void Caps_and_prices_of_the_fleet_are_those_of_the_set_before_and_bounds_of_one_resource_those_of_the_changed_one()
    {
        var (cheap, dear) = (new PriceList("EUR", default, [KeyValuePair.Create("Standard_D4s_v5", 0.1m)]), new PriceList("EUR", default, [KeyValuePair.Create("Standard_D4s_v5", 9m)]));
        var before = Before with { Guardrails = [Guardrails("kept") with { Fleet = new FleetCaps(10, null), Prices = cheap, Skus = ["a"] }, Guardrails("gone") with { Fleet = new FleetCaps(20, null), MaximumInstances = 3 }, Guardrails("small") with { MaximumInstances = 4 }] };
        var next = Next with { Guardrails = [Guardrails("kept") with { Fleet = new FleetCaps(99, null), Prices = dear, Skus = ["b"] }, Guardrails("new") with { Fleet = new FleetCaps(1, null), Regions = ["r"] }] };

        var resolved = Assert.IsType<TargetPolicies.Resolved>(With(0, before, next).For(Canary));

        Assert.Equal(["kept", "new", "gone"], resolved.Guardrails.Select(each => each.Name));
        Assert.Equal([new FleetCaps(10, null), null, new FleetCaps(20, null)], resolved.Guardrails.Select(each => each.Fleet));
        Assert.Equal([cheap, null, null], resolved.Guardrails.Select(each => each.Prices));
        Assert.Equal("b r", $"{Assert.Single(resolved.Guardrails[0].Skus!)} {Assert.Single(resolved.Guardrails[1].Regions!)}");
        Assert.Null(resolved.Guardrails[2].MaximumInstances);
    }

    /// <summary>The part of the fleet that may be lowered in an hour is that of all: a ring must not use it up.</summary>
    [Theory]
    [InlineData(20, 100)]
    [InlineData(20, null)]
    [InlineData(null, 100)]
    public void The_share_that_may_be_lowered_in_an_hour_is_that_of_the_set_before(int? earlier, int? later)
    {
        var before = Before with { Guardrails = [Guardrails("kept") with { MaxLoweredPercentPerHour = earlier }, Guardrails("gone") with { MaxLoweredPercentPerHour = 5 }] };
        var next = Next with { Guardrails = [Guardrails("kept") with { MaxLoweredPercentPerHour = later }, Guardrails("new") with { MaxLoweredPercentPerHour = 99 }] };

        var resolved = Assert.IsType<TargetPolicies.Resolved>(With(0, before, next).For(Canary));

        Assert.Equal([earlier, null, 5], resolved.Guardrails.Select(each => each.MaxLoweredPercentPerHour));
    }

    [Fact]
    public void A_calendar_that_is_gone_still_holds_an_edited_one_holds_as_edited_and_a_new_one_as_well()
    {
        var before = Before with { ChangeCalendars = [Calendar("gone"), Calendar("edited")] };
        var next = Next with { ChangeCalendars = [Calendar("edited", "now"), Calendar("new")] };

        var resolved = Assert.IsType<TargetPolicies.Resolved>(With(0, before, next).For(Canary));

        Assert.Equal(["edited now", "gone", "new"], resolved.Freezes.Select(freeze => $"{freeze.Calendar} {freeze.Reason}".Trim()).Order());
    }

    [Fact]
    public void Kinds_that_either_set_declares_are_known_and_one_that_both_declare_is_that_of_the_set_before()
    {
        var (old, own, only) = (Kind("thing", "A.B/things"), Kind("other-name", "A.B/things"), Kind("more", "A.B/more"));
        var policies = With(0, Before with { ResourceKinds = [old] }, Next with
        {
            ResourceKinds = [own, only],
            Workloads = [.. Next.Workloads, Next.Workloads[0] with { Name = "more", Select = new TargetSelector { ResourceType = "A.B/more" } }],
        });
        var kinds = new ResourceKinds();

        kinds.Use(policies);

        Assert.Equal([old, only], kinds.Declared);
        Assert.True(kinds.AreSelected("A.B/more"));
        kinds.Use(policies.Whole);
        Assert.Equal((1, false), (kinds.Declared.Count, kinds.AreSelected("A.B/more")));
    }

    [Fact]
    public void Sizes_are_recommended_by_the_set_that_decides()
    {
        var (old, own) = (Rightsizing("old"), Rightsizing("own"));
        var policies = With(0, Before with { ResourceRightsizing = [old] }, Next with { ResourceRightsizing = [own] });

        Assert.Equal(own, Assert.IsType<RightsizingPolicies.Found>(RightsizingPolicies.Of(policies, Canary)).Policy);
        Assert.Equal(old, Assert.IsType<RightsizingPolicies.Found>(RightsizingPolicies.Of(policies, Other)).Policy);
    }

    private static ObservedTarget Canary => Named("canary") with { Tags = Tag("canary") };

    private static ObservedTarget Other => Named("other") with { Tags = Tag("prod") };

    private static PolicySet With(int reached, PolicySet? before = null, PolicySet? next = null) =>
        (before ?? Before) with { Rollout = new RingedPolicies(next ?? Next, Rings, reached) };

    private static (string Version, int Minimum) Decided(PolicySet policies, ObservedTarget target) =>
        policies.For(target) is TargetPolicies.Resolved resolved ? (resolved.Version, resolved.Horizontal.Minimum) : ("", 0);

    private static ObservedTarget Named(string name) => Some.Target() with { Id = Some.Id(name) };

    private static TargetTags.Known Tag(string ring) => new(new Dictionary<string, string> { ["ring"] = ring });

    private static GuardrailsPolicy Guardrails(string name) => new() { Name = name, Source = Some.Source };

    private static ChangeCalendarPolicy Calendar(string name, string reason = "") => PolicyTexts.Read(
        PolicyTexts.Join(PolicyTexts.All, $$"""
        apiVersion: scalefunctions/v1
        kind: ChangeCalendar
        metadata: { name: {{name}} }
        spec:
          timeZone: Europe/Zurich
          freezes:
            - { when: "Fri 18:00-24:00", reason: x }

        """)).ChangeCalendars[0] is var read ? read with { Freezes = [.. read.Freezes.Select(freeze => freeze with { Reason = reason })] } : null!;

    private static ResourceKindPolicy Kind(string name, string type) => new()
    {
        Name = name,
        ResourceType = type,
        ApiVersion = "2026-01-01",
        CapacityPath = "properties.capacity",
        Verb = DeclaredVerb.Patch,
        Bounds = new CapacityRange(1, 10, []),
        Source = Some.Source,
    };

    private static ResourceRightsizingPolicy Rightsizing(string name) => ResourceRightsizingPolicy.Usual with { Name = name, Workload = "shop" };
}
