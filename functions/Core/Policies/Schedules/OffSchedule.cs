using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>
/// When something is off, and when it is on again. Where a clock shows a time twice, it is put on at the first and off at the last, so
/// that a change of clocks makes no hour of work shorter; a time that a clock leaves out is the moment it does so.
/// </summary>
/// <example>
/// On from Monday to Friday 07:00 to 19:00, Europe/Zurich, except on 25 December 2026, a Friday:
/// <code>
/// Wednesday 12:00        on,  since Wed 07:00, until Wed 19:00
/// Wednesday 20:00        off, since Wed 19:00, until Thu 07:00
/// Thursday 24 Dec 19:00  off, since Thu 19:00, until Mon 28 Dec 07:00
/// </code>
/// </example>
public abstract record OffSchedule
{
    /// <summary>Far enough for a week with a day off in it.</summary>
    private const int Near = 9;

    /// <summary>Further away than this nobody looks for an edge: weeks of holidays are shorter.</summary>
    private const int Far = 70;

    private OffSchedule()
    {
    }

    /// <summary>The clock that its times are of.</summary>
    public abstract DateTimeZone Zone { get; }

    public OffSlot At(DateTimeOffset now)
    {
        var instant = Instant.FromDateTimeOffset(now);
        var slot = At(instant, Near);
        var found = slot is { From: not null, Until: not null } ? slot : At(instant, Far);
        return new OffSlot(found.IsOff, Local(found.From), Local(found.Until));

        DateTimeOffset? Local(Instant? edge) => edge?.InZone(Zone).ToDateTimeOffset();
    }

    /// <summary>The same times by another clock.</summary>
    public abstract OffSchedule In(DateTimeZone zone);

    /// <summary>The times of a week at which it is put off and on, days left out aside; none of what holds once.</summary>
    public abstract IReadOnlyList<OffEdge> Edges { get; }

    /// <summary>The days on which it is not put on.</summary>
    public abstract IReadOnlySet<LocalDate> Except { get; }

    protected abstract (bool IsOff, Instant? From, Instant? Until) At(Instant now, int days);

    /// <summary>On, or off, in windows; between them the other.</summary>
    /// <param name="Windows">All by the same clock; at least one.</param>
    /// <param name="IsOffWithin">Whether it is off in them.</param>
    public sealed record InWindows(IReadOnlyList<ZonedWindow> Windows, bool IsOffWithin) : OffSchedule
    {
        public override DateTimeZone Zone => Windows[0].Zone;

        /// <remarks>Of a week without a change of clocks and without days off. Windows that meet have no edge between them.</remarks>
        public override IReadOnlyList<OffEdge> Edges
        {
            get
            {
                List<OffEdge> edges = [];
                var weekly = Windows.Where(window => window.Window is TimeWindow.Weekly).Select(window => new ZonedWindow(window.Window, DateTimeZone.Utc)).ToList();
                var (at, plain) = (SomeMonday, new InWindows(weekly, IsOffWithin));
                while (weekly.Count > 0 && plain.At(at) is { Until: { } next } slot && next <= SomeMonday.AddDays(7))
                {
                    var local = LocalDateTime.FromDateTime(next.DateTime);
                    edges.Add(new OffEdge(local.DayOfWeek, local.TimeOfDay, !slot.IsOff));
                    at = next;
                }

                return edges;
            }
        }

        private static readonly DateTimeOffset SomeMonday = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

        public override IReadOnlySet<LocalDate> Except => Windows[0].Except;

        public override OffSchedule In(DateTimeZone zone) => this with { Windows = [.. Windows.Select(window => window with { Zone = zone })] };

        protected override (bool IsOff, Instant? From, Instant? Until) At(Instant now, int days)
        {
            var spans = Merged(Windows.SelectMany(window => window.Spans(now, days)));
            if (spans.FindIndex(span => span.Start <= now && now < span.End) is >= 0 and var within)
            {
                var (start, end) = spans[within];
                return (IsOffWithin, IsFar(now - start, days) ? null : start, IsFar(end - now, days) ? null : end);
            }

            Instant? from = null, until = null;
            foreach (var (start, end) in spans)
            {
                (from, until) = (end <= now ? end : from, start > now ? until ?? start : until);
            }

            return (!IsOffWithin, from, until);
        }

        /// <summary>What reaches to where nobody has looked may go on there.</summary>
        private static bool IsFar(Duration away, int days) => away.TotalDays > days - 2;

        private static List<(Instant Start, Instant End)> Merged(IEnumerable<(Instant Start, Instant End)> spans)
        {
            List<(Instant Start, Instant End)> merged = [];
            foreach (var (start, end) in spans.Where(span => span.Start < span.End).Order())
            {
                if (merged.Count > 0 && start <= merged[^1].End)
                {
                    merged[^1] = (merged[^1].Start, Instant.Max(merged[^1].End, end));
                    continue;
                }

                merged.Add((start, end));
            }

            return merged;
        }
    }

    /// <summary>Off from a moment on, until somebody wants it on.</summary>
    public sealed record Since(DateTimeOffset Edge) : OffSchedule
    {
        public override DateTimeZone Zone => DateTimeZone.Utc;

        public override IReadOnlyList<OffEdge> Edges => [];

        public override IReadOnlySet<LocalDate> Except { get; } = new HashSet<LocalDate>();

        public override OffSchedule In(DateTimeZone zone) => this;

        protected override (bool IsOff, Instant? From, Instant? Until) At(Instant now, int days) =>
            Instant.FromDateTimeOffset(Edge) is var edge && now < edge ? (false, null, edge) : (true, edge, null);
    }

    /// <summary>Put off and on at times of each week. Each of them counts anew: one that puts off what is off is an edge, too.</summary>
    /// <param name="Times">Of both kinds.</param>
    /// <param name="Clock">What they are told by.</param>
    /// <param name="Except">The days on which it is not put on.</param>
    public sealed record ByEdges(IReadOnlyList<OffEdge> Times, DateTimeZone Clock, IReadOnlySet<LocalDate> Except) : OffSchedule
    {
        public override DateTimeZone Zone => Clock;

        public override IReadOnlyList<OffEdge> Edges => Times;

        public override IReadOnlySet<LocalDate> Except { get; } = Except;

        public override OffSchedule In(DateTimeZone zone) => this with { Clock = zone };

        protected override (bool IsOff, Instant? From, Instant? Until) At(Instant now, int days)
        {
            var today = now.InZone(Clock).Date;
            var edges = Enumerable.Range(-days, (2 * days) + 1).Select(today.PlusDays)
                .SelectMany(date => Times.Where(edge => edge.Day == date.DayOfWeek && (edge.IsOff || !Except.Contains(date))).Select(edge => (At: InstantOf(date, edge), edge.IsOff)))
                .OrderBy(edge => edge.At).ThenByDescending(edge => edge.IsOff).ToList();

            // Of both at one moment the one that puts on counts.
            var last = edges.FindLastIndex(edge => edge.At <= now);
            return last < 0 ? (false, null, Next(edges, now, isOff: true)) : (edges[last].IsOff, edges[last].At, Next(edges, now, !edges[last].IsOff));
        }

        private Instant InstantOf(LocalDate date, OffEdge edge) =>
            edge.IsOff ? ZonedWindow.LastOf(date + edge.At, Clock) : ZonedWindow.FirstOf(date + edge.At, Clock);

        private static Instant? Next(List<(Instant At, bool IsOff)> edges, Instant now, bool isOff) =>
            edges.FindIndex(edge => edge.At > now && edge.IsOff == isOff) is >= 0 and var next ? edges[next].At : null;
    }
}
