using NodaTime;
using NodaTime.Text;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: UsageOptimization</c>.</summary>
internal static class UsageOptimizationBinding
{
    public const string Kind = "UsageOptimization";

    private const double MostOfMetric = 1e12;

    private static readonly TimeSpan ShortestLead = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestLead = TimeSpan.FromHours(4);

    private static readonly TimeSpan LongestSpread = TimeSpan.FromHours(2);

    private static readonly TimeSpan LongestExpiry = TimeSpan.FromHours(12);

    private static readonly TimeSpan LongestLook = TimeSpan.FromHours(4);

    private static readonly TimeSpan LongestApart = TimeSpan.FromHours(1);

    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.UsageOptimization);

    private static readonly FieldNames OffNames = FieldNames.Of(PolicyShapesJson.Default.OffHours);

    private static readonly FieldNames ToNames = FieldNames.Of(PolicyShapesJson.Default.OffTo);

    private static readonly FieldNames OrderNames = FieldNames.Of(PolicyShapesJson.Default.GroupOrder);

    private static readonly FieldNames InUseNames = FieldNames.Of(PolicyShapesJson.Default.InUse);

    /// <returns>What is put off, perhaps with what is looked at beside it; or the latter alone.</returns>
    public static object? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var workload = fields.Required("workload")?.Name() ?? "";
        var findings = fields.Optional("findings") is { } found ? UsageFindingsBinding.Bind(found, header, workload) : null;
        if (!fields.Has("offHours"))
        {
            if (!fields.Has("findings"))
            {
                spec.Fail("needs 'offHours' or 'findings'");
            }

            return findings;
        }

        return fields.Optional("offHours") is { } off && OffHours(off, header) is { } terms
            ? new UsageOptimizationPolicy
            {
                Name = header.Name,
                Owner = header.Owner,
                Workload = workload,
                OffHours = terms,
                Findings = findings,
                Source = header.Source,
                Extends = header.Extends,
                Origins = header.Origins,
            }
            : null;
    }

    private static OffHoursTerms? OffHours(PolicyField field, PolicyHeader header)
    {
        if (field.Fields(OffNames) is not { } fields)
        {
            return null;
        }

        var schedule = Schedule(field, fields, header);
        var usual = new OffHoursTerms { Schedule = schedule ?? Nothing, Instances = 0 };
        var order = fields.Optional("order")?.Fields(OrderNames);
        var (instances, size) = To(fields.Required("to"));
        var terms = usual with
        {
            Instances = instances,
            Size = size,
            ReadyBy = fields.Optional("readyBy") is { } ready ? ReadyBy(ready, schedule) : null,
            Lead = Lead(fields.Optional("lead")),
            Spread = Within(fields.Optional("spread"), TimeSpan.Zero, LongestSpread) ?? usual.Spread,
            StopExpires = Within(fields.Optional("stopExpires"), TimeSpan.FromMinutes(5), LongestExpiry) ?? usual.StopExpires,
            Tag = fields.Optional("tag")?.Text() ?? "",
            Alternatives = Patterns(fields.Optional("alternatives"), isName: true),
            Order = order?.Required("groups") is { } groups ? Patterns(groups, isName: false) : [],
            Apart = Within(order?.Optional("apart"), TimeSpan.Zero, LongestApart) ?? usual.Apart,
            InUse = fields.Optional("inUse") is { } use ? InUse(use) : null,
            LongestSnooze = Within(fields.Optional("snooze"), TimeSpan.FromMinutes(15), OffHoursTerms.LongestOfSnoozes) ?? usual.LongestSnooze,
        };
        return schedule is null ? null : terms;
    }

    /// <summary>How many are left, and of which size: one of both at least.</summary>
    private static (int Instances, string Size) To(PolicyField? field)
    {
        if (field?.Fields(ToNames) is not { } to)
        {
            return (0, "");
        }

        var (instances, size) = (to.Optional("instances"), to.Optional("size"));
        if (instances is null && size is null)
        {
            field.Fail("needs 'instances', 'size' or both");
        }

        if (size is not null && instances?.WholeNumber(0, HorizontalScalingBinding.MaximumInstances) == 0)
        {
            size.Fail("says which size is left, but with 'instances: 0' nothing is");
        }

        return (instances is null ? OffHoursTerms.AllInstances : instances.WholeNumber(0, HorizontalScalingBinding.MaximumInstances) ?? 0, size is null ? "" : Size(size));
    }

    private static string Size(PolicyField field)
    {
        var pattern = NamePattern.Read(field) ?? "";
        if (pattern.EndsWith('*'))
        {
            field.Fail("is a pattern; name one size, such as P0v3");
        }

        return pattern;
    }

    /// <summary>Stands in for one with errors, which is used by nobody.</summary>
    private static OffSchedule Nothing { get; } = new OffSchedule.ByEdges([], DateTimeZone.Utc, new HashSet<LocalDate>());

    private static OffSchedule.InWindows? Schedule(PolicyField field, PolicyFields fields, PolicyHeader header)
    {
        var (on, off) = (fields.Optional("onHours"), fields.Optional("when"));
        var zone = fields.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        var (exceptOn, alsoOn) = (fields.Optional("exceptOn"), fields.Optional("alsoOn"));
        var (except, also) = (exceptOn?.Holidays(header), alsoOn?.Holidays(header));
        if ((on ?? off) is not { } hours || (on is not null && off is not null))
        {
            field.Fail("needs 'onHours' or 'when', and not both");
            return null;
        }

        List<ZonedWindow> windows = [];
        foreach (var item in hours.Items() ?? [])
        {
            if (item.When() is not { } window)
            {
                continue;
            }

            if (window is TimeWindow.Weekly { Days.Count: 7 } weekly && weekly.From == weekly.To)
            {
                item.Fail("is all the time; give hours, such as Mon-Fri 07:00-19:00");
            }

            if (window is TimeWindow.Once)
            {
                exceptOn?.Fail("leaves days out of what holds every week; hours between two dates have none to leave out");
                alsoOn?.Fail("adds days to what holds every week; hours between two dates begin once");
            }

            windows.Add(new ZonedWindow(window, zone) { Except = except ?? new HashSet<LocalDate>(), Also = also ?? new HashSet<LocalDate>() });
        }

        return windows.Count == 0 ? null : new OffSchedule.InWindows(windows, IsOffWithin: on is null);
    }

    /// <summary>So shortly before each beginning of the hours that nobody can have meant another day.</summary>
    private static LocalTime? ReadyBy(PolicyField field, OffSchedule? schedule)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (TimeOfDay.Parse(text) is not { Success: true, Value: var time })
        {
            field.MustBe("a time of day such as \"06:45\"");
            return null;
        }

        foreach (var begin in (schedule?.Edges ?? []).Where(edge => !edge.IsOff))
        {
            var ahead = Period.Between(time, begin.At).ToDuration();
            var before = ahead < Duration.Zero ? ahead + Duration.FromDays(1) : ahead;
            if (before > Duration.FromTimeSpan(OffHoursTerms.EarliestReady))
            {
                field.Fail($"is {Quoted.Text(text)}, more than {OffHoursTerms.EarliestReady.TotalHours:0} hours before the hours begin at {TimeOfDay.Format(begin.At)}");
                return null;
            }
        }

        return time;
    }

    /// <summary>Null when it is measured.</summary>
    private static TimeSpan? Lead(PolicyField? field) =>
        field is null or { Node: PolicyNode.Scalar { Text: "measured" } } ? null : Within(field, ShortestLead, LongestLead);

    private static TimeSpan? Within(PolicyField? field, TimeSpan shortest, TimeSpan longest) => field?.Duration(shortest, longest);

    private static List<string> Patterns(PolicyField? field, bool isName)
    {
        List<string> patterns = [];
        foreach (var item in field?.Items() ?? [])
        {
            if (NamePattern.Read(item) is not { } pattern)
            {
                continue;
            }

            if (isName && pattern.EndsWith('*'))
            {
                item.Fail("is a pattern; name one size, such as Standard_D4as_v5");
            }
            else if (patterns.Contains(pattern, StringComparer.OrdinalIgnoreCase))
            {
                item.Fail($"is {Quoted.Text(pattern)} again");
            }
            else
            {
                patterns.Add(pattern);
            }
        }

        return patterns;
    }

    internal static InUseTerms? InUse(PolicyField field)
    {
        if (field.Fields(InUseNames) is not { } fields)
        {
            return null;
        }

        var metric = fields.Required("metric")?.Text();
        var above = fields.Required("above")?.PositiveNumber(MostOfMetric);
        var within = Within(fields.Optional("within"), TimeSpan.FromMinutes(5), LongestLook) ?? TimeSpan.FromMinutes(15);
        return metric is null || above is null
            ? null
            : new InUseTerms(new SignalSource.Metric(new MetricSelector { Name = metric }), above.Value, within);
    }
}
