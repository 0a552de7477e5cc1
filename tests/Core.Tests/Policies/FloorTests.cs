using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Invariants;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class FloorTests
{
    private const string Floors =
        """
          floors:
            - { when: "Mon-Fri 07:30-19:00", timeZone: Europe/Zurich, minimum: 6, exceptOn: calendars/ch.ics }
            - { when: "2026-11-27T00:00/2026-11-30T23:59", minimum: 20, reason: Black Friday }

        """;

    private const string Holidays = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR\n";

    [Theory]
    [InlineData("2026-12-24T06:29Z", 3, "")]
    [InlineData("2026-12-24T06:30Z", 6, "4 instances is below the floor of 6 until 2026-12-24 19:00 +01:00")]
    [InlineData("2026-12-25T09:00Z", 3, "")]
    [InlineData("2026-12-26T09:00Z", 3, "")]
    [InlineData("2026-11-27T10:00Z", 20, "4 instances is below the floor of 20 until 2026-11-30 23:59 +00:00 (Black Friday)")]
    [InlineData("2026-11-30T23:59Z", 3, "")]
    public void Hold_until_they_end_and_not_on_days_off(string now, int minimum, string reason)
    {
        var policy = Read(Floors).HorizontalScaling[0].At(DateTimeOffset.Parse(now));
        var decision = ScalingDecisions.Decide(Some.Context(4, [Some.Present(60, 4)], policy));

        Assert.Equal(minimum, policy.Minimum);
        Assert.Equal(Math.Max(4, minimum), decision.Desired);
        Assert.Equal(reason, decision.Reason is ScalingReason.BelowFloor ? ReasonText.Of(decision.Reason) : "");
    }

    [Fact]
    public void A_quiet_load_stays_on_the_floor_and_says_so()
    {
        var policy = Read(Floors).HorizontalScaling[0].At(DateTimeOffset.Parse("2026-12-24T12:00Z"));
        var decision = ScalingDecisions.Decide(Some.Context(6, [Some.Present(10, 6)], policy));

        Assert.Equal(6, decision.Desired);
        Assert.Equal(
            "cpu 10 against a target of 60: the load fits 1 instance, there are 6; the floor is 6 until 2026-12-24 19:00 +01:00", ReasonText.Of(decision.Reason));
    }

    [Theory]
    [InlineData("minimum: 20", "minimum: 41", "21:61: 'spec.floors[1].minimum' is 41, more than 'spec.instances.maximum', which is 40")]
    [InlineData("calendars/ch.ics", "calendars/de.ics", "20:85: 'spec.floors[0].exceptOn' names 'calendars/de.ics', but there is no such iCalendar file (.ics) among the policies; did you mean 'calendars/ch.ics'?")]
    [InlineData("reason: Black Friday", "exceptOn: calendars/ch.ics", "21:75: 'spec.floors[1].exceptOn' leaves days out of what holds every week; a floor between two dates has none to leave out")]
    [InlineData("minimum: 6, ", "", "20:7: 'spec.floors[0]' lacks the required field 'minimum'")]
    public void Says_what_is_wrong(string right, string wrong, string error) => Assert.Equal(
        [$"policies/p.yml:{error}"],
        Read(Floors.Replace(right, wrong)).Errors.Where(each => !each.Message.Contains("has errors", StringComparison.Ordinal)).Select(each => each.ToString()));

    [Fact]
    public void A_calendar_that_cannot_be_read_makes_an_error_at_both_places() => Assert.Equal(
        ["policies/calendars/ch.ics:1:1", "policies/p.yml:20:85"],
        Read(Floors, "nothing").Errors.Where(each => !each.Message.Contains("has errors", StringComparison.Ordinal)).Select(each => $"{each.Source}"));

    [Fact]
    public void Guardrails_narrow_floors_too()
    {
        var policies = PolicyTexts.Read(
            ("policies/calendars/ch.ics", Holidays), ("policies/p.yml", PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal + Floors)),
            ("policies/z.yml", "apiVersion: scalefunctions/v1\nkind: Guardrails\nmetadata: { name: g }\nspec: { maximumInstances: 15 }\n"));

        Assert.Equal([6, 15], policies.HorizontalScaling[0].Floors.Select(floor => floor.Minimum));
        Assert.Contains(policies.Narrowings, told => told is { Path: "spec.floors[1].minimum", Said: "20", Bound: "15" });
    }

    [Fact]
    public void Lint_finds_floors_that_overlap_or_change_nothing()
    {
        var overlapping = Read(Floors.Replace("Mon-Fri 07:30-19:00", "Mon-Fri 22:00-08:00") + "    - { when: \"Tue 07:00-09:00\", timeZone: Europe/Zurich, minimum: 3 }\n");

        Assert.Empty(overlapping.Errors);
        Assert.Equal(
            ["overlapping-floors 21", "overlapping-floors 22", "floor-without-effect 22"],
            PolicyLint.Check(overlapping).Where(finding => finding.Rule.Contains("floor", StringComparison.Ordinal)).Select(finding => $"{finding.Rule} {finding.Source.Line}"));
        Assert.DoesNotContain(
            PolicyLint.Check(Read(Floors.Replace("2026-11-27T00:00/2026-11-30T23:59", "Sat,Sun"))), finding => finding.Rule == "overlapping-floors");
    }

    /// <summary>Whatever floors say, the minimum in force is never below the policy's own and never above its maximum.</summary>
    [Fact]
    public void Invariant_1_a_floor_stays_within_the_bounds() => Gen.Select(
        Chaos.Horizontal, Gen.Select(Gen.Int[1, 60], Gen.Int[-3, 3], Gen.Int[1, 72], Gen.Bool).Array[0, 4], Gen.Int[-100, 100]).Sample(
        (horizontal, floors, hours) =>
        {
            var policy = horizontal with { Floors = [.. floors.Select(each => Floor(each.Item1, each.Item2, each.Item3, each.Item4))] };
            var now = Some.Noon.AddHours(hours);
            var held = policy.At(now);
            var active = policy.Floors.Where(floor => floor.When.ActiveUntil(now) is not null).Select(floor => Math.Min(floor.Minimum, policy.Maximum)).Append(policy.Minimum).Max();
            return held.Minimum == active && held.Maximum == policy.Maximum && held.Minimum <= held.Maximum
                && (held.Floor is null || (held.Floor.Until > now && held.Floor.Minimum == held.Minimum));
        },
        iter: 10_000);

    /// <summary>A floor raises: with one there are never fewer instances than without.</summary>
    [Fact]
    public void A_floor_never_lowers() => Gen.Select(Chaos.Any, Gen.Int[1, 40]).Sample(
        (situation, minimum) =>
        {
            var with = situation with { Horizontal = situation.Horizontal with { Floors = [Floor(minimum, -1, 48, isWeekly: false)] } };
            return with.Next() >= Math.Min(situation.Next(), situation.Capacity) && (with.Next() >= situation.Capacity || with.Next() >= Math.Min(minimum, with.Horizontal.Maximum));
        },
        iter: 10_000);

    private static InstanceFloor Floor(int minimum, int day, int hours, bool isWeekly)
    {
        var from = new LocalDateTime(2026, 3, 2, 0, 0).PlusDays(day);
        return new InstanceFloor
        {
            When = new ZonedWindow(
                isWeekly ? new TimeWindow.Weekly([from.DayOfWeek], from.PlusHours(hours % 5).TimeOfDay, from.PlusHours(6 + (hours % 5)).TimeOfDay) : new TimeWindow.Once(from, from.PlusHours(hours)),
                DateTimeZone.Utc),
            Minimum = minimum,
            Source = Some.Source,
        };
    }

    private static PolicySet Read(string floors, string holidays = Holidays) => PolicyTexts.Read(
        ("policies/calendars/ch.ics", holidays), ("policies/p.yml", PolicyTexts.Join(PolicyTexts.Workload, PolicyTexts.Horizontal.TrimEnd() + "\n\n" + floors, PolicyTexts.LoadBased)));
}
