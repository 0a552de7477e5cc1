using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>Days that are not like others, by the clock of a time zone.</summary>
public sealed record DaysOff(IReadOnlySet<LocalDate> Days, DateTimeZone Zone)
{
    public static readonly DaysOff None = new(new HashSet<LocalDate>(), DateTimeZone.Utc);

    public bool Contains(DateTimeOffset time) => Days.Count > 0 && Days.Contains(Instant.FromDateTimeOffset(time).InZone(Zone).Date);
}
