using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What was read of a metric of a resource, kept so that the next look reads only what is new.</summary>
/// <param name="From">Begin of the first grain.</param>
/// <param name="Until">End of the last.</param>
/// <param name="Span">The longest span that is asked for.</param>
/// <param name="SpanAt">When that was asked for last.</param>
/// <param name="Points">Oldest first.</param>
internal sealed record KeptUsage(DateTimeOffset From, DateTimeOffset Until, TimeSpan Span, DateTimeOffset SpanAt, IReadOnlyList<MetricPoint> Points)
{
    /// <summary>Until then samples that were late may still come: what is younger is read again.</summary>
    public static readonly TimeSpan Settles = TimeSpan.FromHours(1);

    /// <summary>What is lacking for a span that ends now; pieces with begin and end, oldest first.</summary>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Lacking(KeptUsage? known, DateTimeOffset from, DateTimeOffset end)
    {
        // A gap between what is kept and what is asked for would look like silence.
        if (known is null || known.Until <= from || known.Until > end)
        {
            return [(from, end)];
        }

        var settled = known.Until - Settles;
        var begins = settled > from ? settled : from;
        return begins <= known.From ? [(from, end)] : from < known.From ? [(from, known.From), (begins, end)] : [(begins, end)];
    }

    /// <summary>What is kept after a look: of the span asked for, or of a longer one that somebody else asked for lately.</summary>
    /// <param name="known">What was kept before.</param>
    /// <param name="pieces">What was read.</param>
    /// <param name="points">What came of it, rounded.</param>
    /// <param name="span">What was asked for.</param>
    /// <param name="end">Its end.</param>
    /// <param name="grain">Of how long a value is.</param>
    /// <remarks>
    /// What is silent up to the end is not taken as known: a source that answered nothing for a while says so of a day as of a minute,
    /// and is asked for all of it again.
    /// </remarks>
    public static KeptUsage After(
        KeptUsage? known, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> pieces, IEnumerable<MetricPoint> points, TimeSpan span, DateTimeOffset end,
        TimeSpan grain)
    {
        var before = pieces is [var only] && only.From == end - span ? null : known;
        var isLongest = before is null || span >= before.Span || end - before.SpanAt > UsageStates.KeptFor;
        var (longest, at) = isLongest ? (span, end) : (before!.Span, before.SpanAt);
        var earliest = end - longest;
        var begins = before is null ? pieces[0].From : before.From < pieces[0].From ? before.From : pieces[0].From;
        var from = begins > earliest ? begins : earliest;
        MetricPoint[] kept =
        [
            .. (before?.Points ?? []).Where(point => !pieces.Any(piece => point.At >= piece.From && point.At < piece.To))
                .Concat(points).Where(point => point.At >= from && point.At < end).OrderBy(point => point.At),
        ];
        return new KeptUsage(from, kept is [.., var last] && last.At + grain < end ? last.At + grain : end, longest, at, kept);
    }
}
