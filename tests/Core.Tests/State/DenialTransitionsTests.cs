using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class DenialTransitionsTests
{
    [Fact]
    public void A_hundred_targets_that_are_forbidden_the_same_are_told_once()
    {
        var rows = Enumerable.Range(0, 100).Select(number => Refused($"web-{number:d3}")).ToList();
        var fleet = See(new FleetRow(), rows);

        Assert.Equal(
            "Azure forbids our writes of Microsoft.Compute/virtualMachineScaleSets in s-1 (AuthorizationFailed) on 100 targets: web-000, web-001, web-002 and 97 more. To the first it said: no role. Somebody has to mend that; each is tried again ever more rarely, or when policies, tags or rights change",
            Assert.Single(fleet.Journal.Outbox).Text);
        Assert.Same(fleet, See(fleet, rows, 1));
        Assert.Single(See(fleet, rows.Take(40), 1).Journal.Outbox);
    }

    [Fact]
    public void It_is_over_when_the_last_is_taken_again_and_that_is_told()
    {
        var fleet = See(See(new FleetRow(), [Refused("a"), Refused("b")]), [Refused("b")], 1);
        Assert.Single(fleet.Denials);

        fleet = See(fleet, [New("a"), New("b")], 2);
        Assert.Empty(fleet.Denials);
        Assert.EndsWith("on no target any more, since 2026-03-02 12:00:00Z on up to 2", fleet.Journal.Outbox[^1].Text, StringComparison.Ordinal);
        Assert.Equal(2, fleet.Journal.Outbox.Count);
    }

    /// <summary>The row holds twenty kinds; the others must not push each other out, and be told anew each time.</summary>
    [Fact]
    public void More_kinds_than_there_is_room_for_are_told_once_as_well()
    {
        List<TargetRow> rows = [.. Enumerable.Range(0, 25).Select(number => Refused($"web-{number:d2}", code: $"Code{number:d2}"))];
        var fleet = See(new FleetRow(), rows);
        Assert.Equal((20, 20), (fleet.Denials.Count, fleet.Journal.Outbox.Count));
        Assert.EndsWith("5 more kinds of refusals are not listed here until one of these is over; the journals of their targets tell them", fleet.Journal.Outbox[^1].Text, StringComparison.Ordinal);
        Assert.Same(fleet, See(fleet, rows, 1));

        fleet = See(fleet, [.. rows.Skip(1)], 2);
        Assert.Equal((20, 22), (fleet.Denials.Count, fleet.Journal.Outbox.Count));
        Assert.Same(fleet, See(fleet, [.. rows.Skip(1)], 3));
    }

    [Fact]
    public void What_is_not_seen_in_an_incomplete_inventory_is_not_over() => Assert.Single(See(See(new FleetRow(), [Refused("a")]), [], 1, isWhole: false).Denials);

    [Fact]
    public void Other_codes_types_and_subscriptions_are_other_facts() => Assert.Equal(
        3,
        See(new FleetRow(), [Refused("a"), Refused("b", code: "ScopeLocked"), Refused("c", type: "Microsoft.Insights/autoscaleSettings")]).Denials.Count);

    [Fact]
    public void More_targets_later_are_counted_and_not_told_again()
    {
        var fleet = See(See(new FleetRow(), [Refused("a")]), [Refused("a"), Refused("b")], 1);

        Assert.Equal((2, Some.At(0)), (Assert.Single(fleet.Denials).Targets, fleet.Denials[0].Since));
        Assert.Single(fleet.Journal.Outbox);
    }

    [Fact]
    public void What_nobody_wants_any_more_is_over_after_a_day()
    {
        var row = Refused("a");

        Assert.Single(DenialTransitions.Of([row], Some.At((24 * 60) + 1)));
        Assert.Empty(DenialTransitions.Of([row], Some.At((24 * 60) + 3)));
        Assert.Single(DenialTransitions.Of([row with { Quarantine = new TargetQuarantine(Some.Noon, "x") }], Some.At(48 * 60)));
    }

    [Fact]
    public void Other_refusals_are_facts_of_one_target() =>
        Assert.Empty(DenialTransitions.Of([Refused("a") with { Refusal = Refused("a").Refusal! with { IsForbidden = false } }], Some.Noon));

    private static FleetRow See(FleetRow fleet, IEnumerable<TargetRow> rows, double minute = 0, bool isWhole = true) =>
        fleet.SeeDenials(DenialTransitions.Of(rows, Some.At(minute)), isWhole, Some.At(minute), "worker-1");

    private static TargetRow New(string name) => new() { Target = Some.Id(name) };

    private static TargetRow Refused(string name, string code = "AuthorizationFailed", string type = Some.ScaleSet) => New(name) with
    {
        Refusal = new PastRefusal
        {
            Grounds = RefusalGrounds.None,
            Desired = 6,
            Code = code,
            Message = "no role",
            IsForbidden = true,
            ResourceType = type,
            Times = 1,
            Since = Some.Noon,
            At = Some.Noon,
            OthersUntil = Some.At(2),
            Until = Some.At(2),
        },
    };
}
