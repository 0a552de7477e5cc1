using System.Globalization;
using System.Text.Json;
using NodaTime;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>
/// Reads a setting from the JSON of Azure's API. What the engine does not act on (tags, notifications, members nobody here knows)
/// is passed over; what it acts on and cannot be true is an error, and then there is no setting.
/// </summary>
public static class AutoscaleSettingReader
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), HalfDay = TimeSpan.FromHours(12), Week = TimeSpan.FromDays(7);

    /// <summary>Azure asks for five minutes at least; its own documentation shows a setting in use that has one.</summary>
    private static readonly TimeSpan ShortestWindow = Minute;

    /// <summary>A day and a time; what lacks the day would be one of today.</summary>
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>The setting, or all that is wrong with it.</summary>
    /// <param name="root">The resource: an object with <c>properties</c>.</param>
    /// <param name="problems">Each with the path of what it is about; empty when there is a setting.</param>
    public static AutoscaleSetting? Read(JsonElement root, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        problems = found;
        var json = new AutoscaleJson(found);
        if (root.ValueKind != JsonValueKind.Object || json.Object(root, "setting", "properties") is not { } properties)
        {
            found.Clear();
            found.Add("properties is missing");
            return null;
        }

        var target = json.Text(properties, "properties", "targetResourceUri");
        if (!TargetId.TryParse(target, out var id) && target.Length > 0)
        {
            json.Fail("properties.targetResourceUri", $"is '{target}', not the id of a resource");
        }

        var setting = new AutoscaleSetting
        {
            Target = id!,
            IsEnabled = json.Flag(properties, "properties", "enabled"),
            Profiles = Profiles(json, properties),
            Predictive = AutoscaleJson.Member(properties, "predictiveAutoscalePolicy") is { } predictive
                ? json.Word(predictive, "properties.predictiveAutoscalePolicy", "scaleMode", PredictiveScaleMode.Disabled)
                : PredictiveScaleMode.Disabled,
        };
        return found.Count == 0 ? setting : null;
    }

    private static List<AutoscaleProfile> Profiles(AutoscaleJson json, JsonElement properties)
    {
        const string Path = "properties.profiles";
        var items = json.Items(properties, "properties", "profiles");
        if (items.Count > AutoscaleSetting.MostProfiles)
        {
            json.Fail(Path, $"has {items.Count} profiles; a setting has at most {AutoscaleSetting.MostProfiles}");
        }

        if (items.Count == 0 && AutoscaleJson.Member(properties, "profiles") is not null)
        {
            json.Fail(Path, "has no profile");
        }

        // Of our own there may be two, when somebody saved what they had open: whoever steers it tells which are ours.
        var profiles = items.Take(AutoscaleSetting.MostProfiles).Select((item, index) => Profile(json, item, $"{Path}[{index}]")).ToList();
        foreach (var same in profiles.GroupBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1 && group.Key.Length > 0 && !TemporaryFloor.Is(group.First())))
        {
            json.Fail(Path, $"has more than one profile '{same.Key}'");
        }

        return profiles;
    }

    private static AutoscaleProfile Profile(AutoscaleJson json, JsonElement item, string path)
    {
        var capacity = json.Object(item, path, "capacity") ?? default;
        var isThere = capacity.ValueKind == JsonValueKind.Object;
        var rules = json.Items(item, path, "rules");
        if (rules.Count > AutoscaleSetting.MostRules)
        {
            json.Fail($"{path}.rules", $"has {rules.Count} rules; a profile has at most {AutoscaleSetting.MostRules}");
        }

        var profile = new AutoscaleProfile
        {
            Name = json.Text(item, path, "name"),
            Minimum = isThere ? json.Count(capacity, $"{path}.capacity", "minimum") : 0,
            Maximum = isThere ? json.Count(capacity, $"{path}.capacity", "maximum") : 0,
            Default = isThere ? json.Count(capacity, $"{path}.capacity", "default") : 0,
            When = When(json, item, path),
            Rules = [.. rules.Take(AutoscaleSetting.MostRules).Select((rule, index) => Rule(json, rule, $"{path}.rules[{index}]"))],
        };
        if (profile.Minimum > profile.Maximum || profile.Default < profile.Minimum || profile.Default > profile.Maximum)
        {
            json.Fail($"{path}.capacity", $"is minimum {profile.Minimum}, default {profile.Default}, maximum {profile.Maximum}; they must be in this order");
        }

        return profile;
    }

    private static ProfileTime When(AutoscaleJson json, JsonElement item, string path)
    {
        if (AutoscaleJson.Member(item, "fixedDate") is { } date)
        {
            var place = $"{path}.fixedDate";
            var zone = Zone(json, date, place);
            var (start, end) = (Time(json, date, place, "start"), Time(json, date, place, "end"));
            if (end <= start)
            {
                json.Fail(place, "ends before it starts");
            }

            return new ProfileTime.Fixed(start, end, zone);
        }

        return AutoscaleJson.Member(item, "recurrence") is { } recurrence ? Recurrence(json, recurrence, $"{path}.recurrence") : new ProfileTime.Otherwise();
    }

    private static ProfileTime.Recurring Recurrence(AutoscaleJson json, JsonElement recurrence, string path)
    {
        var frequency = json.Text(recurrence, path, "frequency");
        if (frequency.Length > 0 && !frequency.Equals("Week", StringComparison.OrdinalIgnoreCase))
        {
            json.Fail($"{path}.frequency", $"is '{frequency}'; only Week is possible");
        }

        if (json.Object(recurrence, path, "schedule") is not { } schedule)
        {
            return new ProfileTime.Recurring([], DateTimeZone.Utc);
        }

        var place = $"{path}.schedule";
        var days = json.Items(schedule, place, "days").Select(day => Day(json, day, place)).Distinct().ToList();
        var hours = Numbers(json, schedule, place, "hours", 23);
        var minutes = Numbers(json, schedule, place, "minutes", 59);
        if (days.Count == 0 || hours.Count == 0 || minutes.Count == 0)
        {
            json.Fail(place, "names no day, hour or minute");
        }

        return new ProfileTime.Recurring(
            [.. from day in days from hour in hours from minute in minutes select new WeeklyStart(day, new LocalTime(hour, minute))], Zone(json, schedule, place));
    }

    /// <summary>A day by its name, or, as Azure's own examples have it, by its number from Sunday on.</summary>
    private static IsoDayOfWeek Day(AutoscaleJson json, JsonElement day, string path)
    {
        var text = AutoscaleText.Of(day) ?? "";
        if (!text.Contains(',', StringComparison.Ordinal) && Enum.TryParse<DayOfWeek>(text, ignoreCase: true, out var named) && Enum.IsDefined(named))
        {
            return named == DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)named;
        }

        json.Fail($"{path}.days", $"names '{text}', which is no day of the week");
        return IsoDayOfWeek.Monday;
    }

    private static List<int> Numbers(AutoscaleJson json, JsonElement owner, string path, string name, int most)
    {
        // Once each: a list that repeats itself a thousand times means no more, and three such lists multiply.
        var numbers = new SortedSet<int>();
        foreach (var item in json.Items(owner, path, name))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number >= 0 && number <= most)
            {
                numbers.Add(number);
                continue;
            }

            json.Fail($"{path}.{name}", $"must be whole numbers from 0 to {most}");
        }

        return [.. numbers];
    }

    private static DateTimeZone Zone(AutoscaleJson json, JsonElement owner, string path)
    {
        var name = json.OptionalText(owner, path, "timeZone");
        if (name.Length == 0)
        {
            return DateTimeZone.Utc;
        }

        if (WindowsTimeZones.Find(name) is { } zone)
        {
            return zone;
        }

        json.Fail($"{path}.timeZone", $"is '{name}', which is no time zone of Windows");
        return DateTimeZone.Utc;
    }

    /// <summary>What the clock on the wall of the profile's zone shows; an offset, or the Z that Azure answers with, says nothing more.</summary>
    private static LocalDateTime Time(AutoscaleJson json, JsonElement owner, string path, string name)
    {
        var text = json.Text(owner, path, name);
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return LocalDateTime.FromDateTime(time.DateTime);
        }

        if (text.Length > 0)
        {
            json.Fail($"{path}.{name}", $"is '{text}', not a time such as 2026-12-24T08:00:00Z");
        }

        return default;
    }

    private static AutoscaleRule Rule(AutoscaleJson json, JsonElement item, string path)
    {
        var (trigger, action) = (json.Object(item, path, "metricTrigger"), json.Object(item, path, "scaleAction"));
        if (trigger is not { } metric || action is not { } change)
        {
            return Nothing;
        }

        var (at, to) = ($"{path}.metricTrigger", $"{path}.scaleAction");
        var rule = new AutoscaleRule
        {
            Metric = json.Text(metric, at, "metricName"),
            Namespace = json.OptionalText(metric, at, "metricNamespace"),
            Resource = json.Text(metric, at, "metricResourceUri"),
            Grain = json.Span(metric, at, "timeGrain", Minute, HalfDay),
            Statistic = json.Word(metric, at, "statistic", SampleStatistic.Average),
            Window = json.Span(metric, at, "timeWindow", ShortestWindow, HalfDay),
            Aggregation = json.Word(metric, at, "timeAggregation", WindowAggregation.Average),
            Operator = json.Word(metric, at, "operator", RuleOperator.GreaterThan),
            Threshold = json.Number(metric, at, "threshold"),
            DividesPerInstance = json.Flag(metric, at, "dividePerInstance"),
            HasDimensions = AutoscaleJson.Member(metric, "dimensions") is { ValueKind: JsonValueKind.Array } dimensions && dimensions.GetArrayLength() > 0,
            Direction = json.Word(change, to, "direction", RuleDirection.None),
            Change = json.Word(change, to, "type", RuleChange.ChangeCount),
            Value = json.Count(change, to, "value", otherwise: "1"),
            Cooldown = json.Span(change, to, "cooldown", Minute, Week),
        };
        if (rule.Window < rule.Grain)
        {
            json.Fail($"{at}.timeWindow", "is shorter than the time grain");
        }

        return rule;
    }

    private static readonly AutoscaleRule Nothing = new()
    {
        Metric = "",
        Resource = "",
        Grain = Minute,
        Statistic = SampleStatistic.Average,
        Window = Minute,
        Aggregation = WindowAggregation.Average,
        Operator = RuleOperator.GreaterThan,
        Threshold = 0,
        Direction = RuleDirection.None,
        Change = RuleChange.ChangeCount,
        Value = 1,
        Cooldown = Minute,
    };
}
