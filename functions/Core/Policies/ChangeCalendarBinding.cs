using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: ChangeCalendar</c>.</summary>
internal static class ChangeCalendarBinding
{
    public const string Kind = "ChangeCalendar";

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.ChangeCalendar);

    private static readonly FieldNames FreezeNames = FieldNames.Of(PolicyShapesJson.Default.Freeze);

    private static readonly FieldNames BreakGlassNames = FieldNames.Of(PolicyShapesJson.Default.BreakGlass);

    public static ChangeCalendarPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var zone = fields.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        return new ChangeCalendarPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workloads = [.. (fields.Optional("workloads")?.Items() ?? []).Select(item => item.Name()).OfType<string>()],
            Freezes = [.. (fields.Required("freezes")?.Items() ?? []).Select(item => Freeze(item, header.Name, zone)).OfType<Freeze>()],
            Source = header.Source,
            Origins = header.Origins,
        };
    }

    private static Freeze? Freeze(PolicyField item, string calendar, DateTimeZone usual)
    {
        if (item.Fields(FreezeNames) is not { } fields)
        {
            return null;
        }

        var zone = fields.Optional("timeZone")?.Zone() ?? usual;
        var window = fields.Required("when")?.When();
        var reason = fields.Required("reason")?.Text();
        var holds = fields.Optional("holds")?.Choice(("scaleIn", FreezeScope.ScaleIn), ("everything", FreezeScope.Everything));
        var breakGlass = fields.Optional("breakGlass") is { } lifted ? BreakGlass(lifted, zone) : null;
        return window is null || reason is null
            ? null
            : new Freeze
            {
                When = new ZonedWindow(window, zone),
                Reason = reason,
                Calendar = calendar,
                Holds = holds ?? FreezeScope.ScaleIn,
                BreakGlass = breakGlass,
                Source = item.Node.Source,
            };
    }

    /// <summary>It ends with the first of two moments the clock calls so: an emergency is over rather early than late.</summary>
    private static BreakGlass? BreakGlass(PolicyField field, DateTimeZone zone)
    {
        var fields = field.Fields(BreakGlassNames);
        var by = fields?.Required("by")?.Text();
        var reason = fields?.Required("reason")?.Text();
        var until = fields?.Required("until")?.LocalTime();
        return by is null || reason is null || until is null
            ? null
            : new BreakGlass(by, reason, zone.AtLeniently(until.Value).ToDateTimeOffset());
    }
}
