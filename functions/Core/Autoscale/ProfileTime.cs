using NodaTime;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>When a profile holds.</summary>
public abstract record ProfileTime
{
    private ProfileTime()
    {
    }

    /// <summary>Whenever no other does: the default profile.</summary>
    public sealed record Otherwise : ProfileTime;

    /// <summary>Once, by the clock of a zone; the end is not part of it.</summary>
    public sealed record Fixed(LocalDateTime Start, LocalDateTime End, DateTimeZone Zone) : ProfileTime
    {
        /// <summary>A day within the calendar, so that the last second of the year 9999 is one in every zone.</summary>
        private static readonly (LocalDateTime First, LocalDateTime Last) Representable = (new(1, 1, 3, 0, 0), new(9999, 12, 29, 0, 0));

        public Instant Begins => At(Start);

        public Instant Ends => At(End);

        public bool Contains(Instant now) => Begins <= now && now < Ends;

        private Instant At(LocalDateTime time) =>
            Zone.AtLeniently(LocalDateTime.Max(Representable.First, LocalDateTime.Min(Representable.Last, time))).ToInstant();
    }

    /// <summary>
    /// From each of its weekly starts until the next start of any recurring profile: the schema has no end. What the portal shows
    /// as an end is the start of a copy of the default profile.
    /// </summary>
    public sealed record Recurring(IReadOnlyList<WeeklyStart> Starts, DateTimeZone Zone) : ProfileTime
    {
        /// <summary>A week, and a day for what a zone may shift.</summary>
        private const int DaysBack = 8;

        /// <summary>No zone sets its clock by more at once.</summary>
        private const int ShiftHours = 3;

        /// <summary>The starts by their ticks since Monday 00:00: a setting may have one each minute, and is asked each minute.</summary>
        private readonly long[] _ticks = [.. Starts.Select(start => TickOfWeek(start.Day, start.At)).Order()];

        /// <summary>The last start that is not later than a time; null when there was none within a week.</summary>
        public Instant? LastStart(Instant now)
        {
            var interval = Zone.GetZoneInterval(now);
            if (_ticks.Length == 0 || (interval.HasStart && now - interval.Start < Duration.FromDays(DaysBack)))
            {
                return LastOfChangingClock(now);
            }

            // The clock went evenly for a week, so what it showed tells how long ago something was.
            var local = now.InZone(Zone).LocalDateTime;
            var tick = TickOfWeek(local.DayOfWeek, local.TimeOfDay);
            var found = Array.BinarySearch(_ticks, tick);
            var index = found >= 0 ? found : ~found - 1;
            return now - Duration.FromTicks(index >= 0 ? tick - _ticks[index] : tick + NodaConstants.TicksPerWeek - _ticks[^1]);
        }

        private Instant? LastOfChangingClock(Instant now)
        {
            var today = now.InZone(Zone).Date;
            Instant? last = null;
            for (var back = -1; back <= DaysBack; back++)
            {
                var date = today.PlusDays(-back);
                foreach (var start in Starts)
                {
                    if (start.Day == date.DayOfWeek && Zone.AtLeniently(date + start.At).ToInstant() is var at && at <= now && !(at <= last))
                    {
                        last = at;
                    }
                }

                // What a day before began later than it, by a clock that was set, it did in the first hours.
                if (last >= Zone.AtLeniently(date.AtMidnight()).ToInstant() + Duration.FromHours(ShiftHours))
                {
                    break;
                }
            }

            return last;
        }

        private static long TickOfWeek(IsoDayOfWeek day, LocalTime time) => (((int)day - 1) * NodaConstants.TicksPerDay) + time.TickOfDay;

        /// <summary>The starts after a time and before another, in no order.</summary>
        public IEnumerable<Instant> StartsBetween(Instant after, Instant before)
        {
            var (first, last) = (after.InZone(Zone).LocalDateTime.PlusHours(-ShiftHours), before.InZone(Zone).LocalDateTime.PlusHours(ShiftHours));
            for (var date = first.Date; date <= last.Date; date = date.PlusDays(1))
            {
                foreach (var start in Starts)
                {
                    if (start.Day == date.DayOfWeek && date + start.At is var local && first <= local && local <= last
                        && Zone.AtLeniently(local).ToInstant() is var at && after < at && at < before)
                    {
                        yield return at;
                    }
                }
            }
        }

        public bool Equals(Recurring? other) => other is not null && Zone.Equals(other.Zone) && Starts.SequenceEqual(other.Starts);

        public override int GetHashCode() => HashCode.Combine(Zone, Starts.Count);
    }
}
