using System.Text;
using NodaTime;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Policies;

public sealed class UsageOptimizationTests
{
    private const string Hours = "onHours: [\"Mon-Fri 07:00-19:00\"]";

    private const string Stop = "to: { instances: 0 }";

    [Fact]
    public void What_is_not_said_is_usual()
    {
        var off = Read(Hours, Stop);

        Assert.Equal((0, null, null, ""), (off.Instances, off.ReadyBy, off.Lead, off.Tag));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(12)), (off.Spread, off.StopExpires, off.LongestSnooze));
        Assert.Equal(DateTimeZone.Utc, off.Schedule.Zone);
        Assert.True(off.Schedule.At(Some.Noon.AddHours(8)).IsOff);
        Assert.False(off.Schedule.At(Some.Noon).IsOff);
    }

    [Fact]
    public void Everything_that_is_said_counts()
    {
        var off = Read(
            "when: [\"19:00-07:00\", \"Sat,Sun\"]", "timeZone: Europe/Zurich", "to: { instances: 2 }", "readyBy: \"06:50\"", "lead: 12m", "spread: 0m",
            "stopExpires: 30m", "tag: maid_offhours", "alternatives: [Standard_D4as_v5]", "order: { groups: [db-*, app-*], apart: 5m }",
            "inUse: { metric: Percentage CPU, above: 5, within: 30m }", "snooze: 4h");

        Assert.Equal((2, new LocalTime(6, 50), TimeSpan.FromMinutes(12), TimeSpan.Zero), (off.Instances, off.ReadyBy, off.Lead, off.Spread));
        Assert.Equal((TimeSpan.FromMinutes(30), "maid_offhours", TimeSpan.FromHours(4)), (off.StopExpires, off.Tag, off.LongestSnooze));
        Assert.Equal(["Standard_D4as_v5"], off.Alternatives);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.Zero), (off.AheadOf("db-1"), off.AheadOf("app-1"), off.AheadOf("web")));
        Assert.Equal(("Percentage CPU", 5, TimeSpan.FromMinutes(30)), (off.InUse!.Metric.Selector.Name, off.InUse.Above, off.InUse.Within));
        Assert.False(off.Schedule.At(Some.Noon).IsOff);
        Assert.True(off.Schedule.At(Some.Noon.AddDays(5)).IsOff);
        var values = EffectivePolicies.Of(Assert.IsType<TargetPolicies.Resolved>(Set("a.yml", Hours, Stop).For("web-shop"))).Where(value => value.Kind == "UsageOptimization").ToList();
        Assert.Contains(values, value => value is { Path: "spec.offHours.onHours", Value: "Mon-Fri 07:00-19:00" });
    }

    [Theory]
    [InlineData("needs 'onHours' or 'when', and not both", Stop)]
    [InlineData("needs 'onHours' or 'when', and not both", Stop, Hours, "when: [\"Sat\"]")]
    [InlineData("lacks the required field 'to'", Hours)]
    [InlineData("'spec.offHours.to.instances' must be", Hours, "to: { instances: -1 }")]
    [InlineData("which is no IANA time zone", Hours, Stop, "timeZone: Europe/Zurcih")]
    [InlineData("must be a time of day", Hours, Stop, "readyBy: \"6am\"")]
    [InlineData("more than 4 hours before the hours begin at 07:00", Hours, Stop, "readyBy: \"02:59\"")]
    [InlineData("must be from 1m to 4h", Hours, Stop, "lead: 5h")]
    [InlineData("must be from 5m to 12h", Hours, Stop, "stopExpires: 2d")]
    [InlineData("is a pattern; name one size", Hours, Stop, "alternatives: [Standard_D*]")]
    [InlineData("again", Hours, Stop, "alternatives: [Standard_D4s_v5, standard_d4s_v5]")]
    [InlineData("there is no such iCalendar file", Hours, Stop, "exceptOn: ch.ics")]
    [InlineData("is all the time", "onHours: [\"Mon-Sun\"]", Stop)]
    [InlineData("lacks the required field 'above'", Hours, Stop, "inUse: { metric: Percentage CPU }")]
    [InlineData("needs 'instances', 'size' or both", Hours, "to: {}")]
    [InlineData("but with 'instances: 0' nothing is", Hours, "to: { instances: 0, size: P0v3 }")]
    [InlineData("is a pattern; name one size, such as P0v3", Hours, "to: { size: P0* }")]
    public void What_is_wrong_is_told_and_nothing_is_put_off(string message, params string[] lines)
    {
        var set = Set("a.yml", lines);

        Assert.Contains(set.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.Empty(set.UsageOptimization);
    }

    [Fact]
    public void Days_off_come_from_a_calendar()
    {
        const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260302\r\nSUMMARY:Off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        var set = PolicyReader.Read([File("a.yml", Text(Hours, Stop, "exceptOn: ch.ics")), File("ch.ics", Calendar)]);

        Assert.Empty(set.Errors);
        Assert.True(Assert.Single(set.UsageOptimization).OffHours.Schedule.At(Some.Noon).IsOff);
    }

    [Theory]
    [InlineData("exceptOn")]
    [InlineData("alsoOn")]
    public void Hours_of_a_date_have_no_days_to_leave_out_or_to_add(string field)
    {
        const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nEND:VCALENDAR\r\n";
        var set = PolicyReader.Read([File("a.yml", Text("when: [\"2026-12-24T12:00/2026-12-27T07:00\"]", Stop, $"{field}: ch.ics")), File("ch.ics", Calendar)]);

        Assert.Contains(set.Errors, error => error.Message.Contains($"'spec.offHours.{field}'", StringComparison.Ordinal) && error.Message.Contains("every week", StringComparison.Ordinal));
        Assert.Empty(set.UsageOptimization);
    }

    [Fact]
    public void A_size_may_be_left_with_as_many_instances_as_there_are_or_with_fewer()
    {
        var (size, both) = (Read(Hours, "to: { size: P0v3 }"), Read(Hours, "to: { instances: 1, size: P0v3 }"));

        Assert.Equal((OffHoursTerms.AllInstances, "P0v3", false), (size.Instances, size.Size, size.IsStop));
        Assert.Equal((1, "P0v3"), (both.Instances, both.Size));
    }

    [Fact]
    public void All_that_is_in_force_is_listed()
    {
        var set = Set("a.yml", Hours, Stop, "order: { groups: [db-*, app-*], apart: 7m }");
        var values = EffectivePolicies.Of(Assert.IsType<TargetPolicies.Resolved>(set.For("web-shop"))).Where(value => value.Kind == "UsageOptimization").ToDictionary(value => value.Path, value => value.Value);

        Assert.Equal(("7m", "none"), (values["spec.offHours.order.apart"], values["spec.offHours.alsoOn"]));
    }

    /// <summary>Across a change of clocks too: 06:50 of the wall, and the day before where the hours begin at midnight.</summary>
    [Theory]
    [InlineData("2026-03-30T05:00Z", "06:50", "2026-03-30T04:50Z")]
    [InlineData("2026-03-27T06:00Z", "06:50", "2026-03-27T05:50Z")]
    [InlineData("2026-01-05T23:00Z", "23:30", "2026-01-05T22:30Z")]
    [InlineData("2026-01-06T06:00Z", "07:00", "2026-01-06T06:00Z")]
    public void It_is_ready_by_the_clock_on_the_wall(string begin, string by, string expected)
    {
        var terms = new OffHoursTerms { Schedule = Schedules.OffScheduleTests.Office(), Instances = 0, ReadyBy = LocalTime.FromTimeOnly(TimeOnly.Parse(by, System.Globalization.CultureInfo.InvariantCulture)) };

        Assert.Equal(At(expected), terms.ReadyAt(At(begin)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static OffHoursTerms Read(params string[] lines)
    {
        var set = Set("a.yml", lines);
        Assert.Empty(set.Errors);
        return Assert.Single(set.UsageOptimization).OffHours;
    }

    private static PolicySet Set(string name, params string[] lines) => PolicyReader.Read([File(name, Text(lines))]);

    private static PolicyFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static string Text(params string[] lines) => PolicyTexts.Join(
        PolicyTexts.Workload, PolicyTexts.Horizontal, PolicyTexts.LoadBased,
        $"""
        apiVersion: scalefunctions/v1
        kind: UsageOptimization
        metadata: {"{ name: nights }"}
        spec:
          workload: web-shop
          offHours:

        """ + string.Concat(lines.Select(line => $"    {line}\n")));
}
