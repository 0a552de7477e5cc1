using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Autoscale;

public sealed class AutoscaleSettingReaderTests
{
    [Fact]
    public void Reads_what_the_engine_acts_on()
    {
        var setting = AutoscaleSettingReader.Read(SettingJson.With(_ => { }), out var problems)!;

        Assert.Empty(problems);
        Assert.Equal((true, "web", PredictiveScaleMode.ForecastOnly, 3), (setting.IsEnabled, setting.Target.Name, setting.Predictive, setting.Profiles.Count));
        var (usual, recurring, day) = (setting.Profiles[0], setting.Profiles[1], setting.Profiles[2]);
        Assert.Equal((2, 10, 3), (usual.Minimum, usual.Maximum, usual.Default));
        Assert.IsType<ProfileTime.Otherwise>(usual.When);
        var rule = Assert.Single(usual.Rules);
        Assert.Equal(
            ("Percentage CPU", 70.5, RuleOperator.GreaterThan, RuleDirection.Increase, 2, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)),
            (rule.Metric, rule.Threshold, rule.Operator, rule.Direction, rule.Value, rule.Window, rule.Cooldown));
        var times = Assert.IsType<ProfileTime.Recurring>(recurring.When);
        Assert.Equal(
            [(IsoDayOfWeek.Monday, 6), (IsoDayOfWeek.Monday, 18), (IsoDayOfWeek.Sunday, 6), (IsoDayOfWeek.Sunday, 18)],
            times.Starts.Select(start => (start.Day, start.At.Hour)));
        Assert.Equal("Europe/Berlin", times.Zone.Id);
        var once = Assert.IsType<ProfileTime.Fixed>(day.When);
        Assert.Equal((new LocalDateTime(2026, 12, 26, 0, 0), "America/Los_Angeles"), (once.Start, once.Zone.Id));
    }

    public static TheoryData<string, Action<JsonObject>> Wrong { get; } = new()
    {
        { "properties.profiles has 21 profiles; a setting has at most 20", setting => Many(setting.Profiles(), 21) },
        { "properties.profiles[0].rules has 11 rules; a profile has at most 10", setting => Many(setting.Profiles()[0]!["rules"]!.AsArray(), 11) },
        { "properties.profiles[1].recurrence.schedule.timeZone is 'Europe/Zurich', which is no time zone of Windows", setting => setting.Profiles()[1]!["recurrence"]!["schedule"]!["timeZone"] = "Europe/Zurich" },
        { "properties.profiles[0].capacity.minimum is no text", setting => setting.Profiles()[0]!["capacity"]!["minimum"] = 2 },
        { "properties.profiles[0].capacity.maximum is 'ten', not a whole number", setting => setting.Profiles()[0]!["capacity"]!["maximum"] = "ten" },
        { "properties.profiles[0].capacity is minimum 4, default 3, maximum 10; they must be in this order", setting => setting.Profiles()[0]!["capacity"]!["minimum"] = "4" },
        { "properties.profiles[2].fixedDate.start is 'soon', not a time such as 2026-12-24T08:00:00Z", setting => setting.Profiles()[2]!["fixedDate"]!["start"] = "soon" },
        { "properties.profiles[2].fixedDate ends before it starts", setting => setting.Profiles()[2]!["fixedDate"]!["end"] = "2026-12-25T00:00:00Z" },
        { "properties.profiles[1].recurrence.frequency is 'Day'; only Week is possible", setting => setting.Profiles()[1]!["recurrence"]!["frequency"] = "Day" },
        { "properties.profiles[1].recurrence.schedule.days names 'Someday', which is no day of the week", setting => setting.Profiles()[1]!["recurrence"]!["schedule"]!["days"] = new JsonArray("Someday") },
        { "properties.profiles[1].recurrence.schedule.hours must be whole numbers from 0 to 23", setting => setting.Profiles()[1]!["recurrence"]!["schedule"]!["hours"] = new JsonArray(24, 3) },
        { "properties.profiles has more than one profile 'default'", setting => setting.Profiles()[2]!["name"] = "Default" },
        { "properties.profiles is missing", setting => setting.Properties().Remove("profiles") },
        { "properties.profiles has no profile", setting => setting.Properties()["profiles"] = new JsonArray() },
        { "properties.enabled is neither true nor false", setting => setting.Properties()["enabled"] = "yes" },
        { "properties.targetResourceUri is 'web', not the id of a resource", setting => setting.Properties()["targetResourceUri"] = "web" },
        { "properties.profiles[0].rules[0].metricTrigger.operator is 'Above', not one of Equals, NotEquals, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual", setting => setting.Trigger()["operator"] = "Above" },
        { "properties.profiles[0].rules[0].metricTrigger.timeWindow is '5 minutes', not a duration such as PT5M", setting => setting.Trigger()["timeWindow"] = "5 minutes" },
        { "properties.profiles[0].rules[0].metricTrigger.timeWindow is PT13H; it is at least PT1M and at most PT12H", setting => setting.Trigger()["timeWindow"] = "PT13H" },
        { "properties.profiles[0].rules[0].metricTrigger.timeWindow is shorter than the time grain", setting => setting.Trigger()["timeGrain"] = "PT10M" },
        { "properties.profiles[0].rules[0].metricTrigger.threshold is no number", setting => setting.Trigger()["threshold"] = "70" },
        { "properties.profiles[0].rules[0].scaleAction.cooldown is PT0S; it is at least PT1M and at most P7D", setting => setting.Action()["cooldown"] = "PT0S" },
        { "properties.profiles[0].rules[0].scaleAction.direction is missing", setting => setting.Action().Remove("direction") },
        { "properties.profiles[0].rules[0].scaleAction is missing", setting => setting.Profiles()[0]!["rules"]![0]!.AsObject().Remove("scaleAction") },
        { "properties.profiles[2].fixedDate.end is '10:00', not a time such as 2026-12-24T08:00:00Z", setting => setting.Profiles()[2]!["fixedDate"]!["end"] = "10:00" },
        { "properties.profiles[1].recurrence.schedule.days names 'Monday,Tuesday', which is no day of the week", setting => setting.Profiles()[1]!["recurrence"]!["schedule"]!["days"] = new JsonArray("Monday,Tuesday") },
        { "properties.profiles[0].rules[0].metricTrigger.statistic is 'Average,Max', not one of Average, Min, Max, Sum, Count", setting => setting.Trigger()["statistic"] = "Average,Max" },
        { "properties.profiles[0].rules[0].metricTrigger.operator is '-1', not one of Equals, NotEquals, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual", setting => setting.Trigger()["operator"] = "-1" },
        { "properties.predictiveAutoscalePolicy.scaleMode is 'On', not one of Disabled, ForecastOnly, Enabled", setting => setting.Properties()["predictiveAutoscalePolicy"]!["scaleMode"] = "On" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Tells_what_is_wrong_and_where(string problem, Action<JsonObject> change)
    {
        Assert.Null(AutoscaleSettingReader.Read(SettingJson.With(change), out var problems));
        Assert.Contains(problem, problems);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"properties": []}""")]
    public void What_is_no_setting_is_none(string json)
    {
        Assert.Null(AutoscaleSettingReader.Read(JsonDocument.Parse(json).RootElement, out var problems));
        Assert.Equal(["properties is missing"], problems);
    }

    [Theory]
    [InlineData("Pacific Standard Time", "2026-01-01T00:00:00", "9999-12-31T23:59:59")]
    [InlineData("Dateline Standard Time", "0001-01-01T00:00Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("Line Islands Standard Time", "0001-01-01T00:00:00Z", "9999-12-31T23:59:00+00:00")]
    public void A_fixed_date_that_means_for_ever_holds_now(string zone, string start, string end)
    {
        var setting = AutoscaleSettingReader.Read(SettingJson.With(setting => setting.Profiles()[2]!["fixedDate"] = new JsonObject
        {
            ["timeZone"] = zone,
            ["start"] = start,
            ["end"] = end,
        }), out _)!;

        Assert.Equal("day", ProfileChoice.At(setting.Profiles, Some.Noon)?.Name);
    }

    [Fact]
    public void Lists_that_repeat_themselves_do_not_multiply()
    {
        var setting = AutoscaleSettingReader.Read(SettingJson.With(setting =>
        {
            var schedule = setting.Profiles()[1]!["recurrence"]!["schedule"]!.AsObject();
            schedule["days"] = new JsonArray([.. Enumerable.Range(0, 2000).Select(_ => (JsonNode)"Monday")]);
            schedule["hours"] = new JsonArray([.. Enumerable.Range(0, 2000).Select(_ => (JsonNode)6)]);
            schedule["minutes"] = new JsonArray([.. Enumerable.Range(0, 2000).Select(index => (JsonNode)(index % 2))]);
        }), out _)!;

        Assert.Equal(2, Assert.IsType<ProfileTime.Recurring>(setting.Profiles[1].When).Starts.Count);
    }

    [Theory]
    [InlineData("\"web-auto\", \"targetResourceUri\"", "\"web-auto\", \"targetResourceUri\"")]
    [InlineData("\"minimum\":\"2\"", "\"minimum\":\"\\ud800\"")]
    [InlineData("\"Monday\"", "\"\\udc00\"")]
    [InlineData("\"name\":\"default\"", "\"name\":\"a\\ud800b\"")]
    public void Half_of_a_character_is_told_and_never_thrown(string text, string broken)
    {
        var json = SettingJson.Valid().ToJsonString().Replace(text, broken, StringComparison.Ordinal);

        Assert.Equal(text == broken, AutoscaleSettingReader.Read(JsonDocument.Parse(json).RootElement, out var problems) is not null);
        Assert.Equal(text == broken, problems.Count == 0);
    }

    [Fact]
    public void A_profile_scales_like_another_that_differs_in_floor_name_and_time_only()
    {
        var profile = SomeAutoscale.Profile();

        Assert.True(profile.ScalesLike(SomeAutoscale.Profile() with { Name = "other", Minimum = 5, Default = 5, When = new ProfileTime.Recurring([], DateTimeZone.Utc) }));
        Assert.False(profile.ScalesLike(SomeAutoscale.Profile() with { Maximum = 9 }));
        Assert.False(profile.ScalesLike(SomeAutoscale.Profile(SomeAutoscale.Out(71), SomeAutoscale.In(40))));
    }

    private static void Many(JsonArray list, int count)
    {
        while (list.Count < count)
        {
            var copy = list[0]!.DeepClone();
            if (copy["name"] is not null)
            {
                copy["name"] = $"profile-{list.Count}";
            }

            list.Add(copy);
        }
    }
}
