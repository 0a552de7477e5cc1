using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>
/// Judges a guard over a span, minute by minute, from what Azure kept of it: nothing is lost by a restart of ours. Only whole windows
/// of samples count, and only those that lie within the span, so that what was before a change is not held against it. A minute
/// without one is neither good nor bad, and ends a breach. What comes and goes lasts when most of the minutes that are known were beyond.
/// </summary>
public static class GuardCourse
{
    /// <summary>A gap may hide the worst minutes, so it must be small.</summary>
    public const double RequiredCoverage = 0.9;

    /// <summary>Platform metrics arrive 2 to 3 minutes late; up to here a sample that is not there is on its way.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(8);

    /// <summary>The longest span of samples that one judgement needs.</summary>
    public static TimeSpan Window(GuardTerms guard) => guard.Signals.Max(signal => signal.Window);

    /// <param name="guard">Signals and bounds.</param>
    /// <param name="series">The samples of the span, by the name of the signal.</param>
    /// <param name="capacity">Instances there are.</param>
    /// <param name="span">Over which time.</param>
    /// <param name="now">The present.</param>
    public static GuardStanding Of(GuardTerms guard, IReadOnlyDictionary<string, MetricSeries> series, int capacity, GuardSpan span, DateTimeOffset now)
    {
        var signals = guard.Signals.Select(signal => signal.ToSignal()).ToList();
        var end = span.To < now ? span.To : now;
        var (known, expected, why, run) = (0, 0, "no minute of it is over yet", TimeSpan.Zero);
        var (told, broken) = (0, 0);
        Moment? last = null, lasting = null;
        for (var at = Ceiling(span.From) + Window(guard); at <= end; at += SignalReader.Grain)
        {
            var moment = At(guard, signals, series, capacity, at);
            var isDue = at <= now - Delay;
            expected += isDue ? 1 : 0;
            known += isDue && moment.IsKnown ? 1 : 0;
            (last, why) = moment.IsKnown ? (moment, why) : (last, moment.Why);
            run = moment.Broken is null ? TimeSpan.Zero : run + SignalReader.Grain;
            (told, broken) = (told + (moment.IsKnown ? 1 : 0), broken + (moment.Broken is null ? 0 : 1));
            var isMostly = 2 * broken > told && broken * SignalReader.Grain >= span.Lasting;
            lasting = moment.Broken is not null && (run >= span.Lasting || isMostly) ? moment : lasting;
        }

        return lasting is { Broken: { } proven } ? new GuardStanding.Breached(proven, lasting.Value, IsLasting: true)
            : last is { Broken: { } latest } ? new GuardStanding.Breached(latest, last.Value, IsLasting: false)
            : last is null || last.At < end - Delay - SignalReader.Grain ? new GuardStanding.InDoubt(why)
            : known < RequiredCoverage * expected ? new GuardStanding.InDoubt($"it was read in {known} of {expected} minutes only ({why})")
            : new GuardStanding.Within();
    }

    private static Moment At(
        GuardTerms guard, IReadOnlyList<SignalPolicy> signals, IReadOnlyDictionary<string, MetricSeries> series, int capacity, DateTimeOffset at)
    {
        // A source that breaks says zero: where zero is not usual it is taken for that at any time.
        var busy = signals.ToDictionary(signal => signal.Name, _ => at);
        var slices = series.ToDictionary(each => each.Key, each => Slice(each.Value, at - Window(guard) - SignalReader.Grain, at));
        var readings = SignalReadings.Of(signals, slices, at, capacity, busy).Zip(signals).ToDictionary(each => each.Second.Name);
        var why = "";
        foreach (var bound in guard.Bounds)
        {
            var (reading, signal) = readings[bound.Signal];
            if (reading is not SignalReading.Present || FormulaReader.NumberOf(signal, reading) is not { } value || !double.IsFinite(value))
            {
                why = $"{bound.Signal} {Doubt(reading)}";
            }
            else if (bound.IsBroken(value))
            {
                return new Moment(at, bound, value, "");
            }
        }

        return new Moment(at, null, 0, why);
    }

    private static string Doubt(SignalReading reading) => reading switch
    {
        SignalReading.Missing missing => $"cannot be read: {missing.Reason}",
        SignalReading.Partial partial => $"cannot be read whole: {partial.Doubt}",
        SignalReading.SuspiciousZero => "is exactly zero, which is taken for a broken source without 'zero: usual'",
        _ => "has no samples",
    };

    private static MetricSeries Slice(MetricSeries series, DateTimeOffset from, DateTimeOffset to) => series switch
    {
        MetricSeries.Received received => new MetricSeries.Received(Slice(received.Points, from, to)),
        MetricSeries.Split split => new MetricSeries.Split([.. split.Parts.Select(part => part with { Points = Slice(part.Points, from, to) })]),
        _ => series,
    };

    private static List<MetricPoint> Slice(IReadOnlyList<MetricPoint> points, DateTimeOffset from, DateTimeOffset to)
    {
        var slice = new List<MetricPoint>();
        for (var index = 0; index < points.Count; index++)
        {
            if (points[index].At >= from && points[index].At < to)
            {
                slice.Add(points[index]);
            }
        }

        return slice;
    }

    private static DateTimeOffset Ceiling(DateTimeOffset at) => at.AddTicks((SignalReader.Grain.Ticks - (at.UtcTicks % SignalReader.Grain.Ticks)) % SignalReader.Grain.Ticks);

    private sealed record Moment(DateTimeOffset At, GuardBound? Broken, double Value, string Why)
    {
        public bool IsKnown => Broken is not null || Why.Length == 0;
    }
}
