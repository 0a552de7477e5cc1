using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Backtests;

/// <summary>A recorded load as a demand in instances, with the clock it was recorded by.</summary>
public sealed class ReplayedLoad
{
    private readonly bool[] _capped;

    private ReplayedLoad(DemandSeries demand, DateTimeOffset start, double unitsPerInstance, bool[] capped)
    {
        (Demand, Start, UnitsPerInstance, _capped) = (demand, start, unitsPerInstance, capped);
        CappedMinutes = capped.AsSpan(demand.ScoredFrom).Count(true);
    }

    public DemandSeries Demand { get; }

    /// <summary>When the first minute begins.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>What one instance carries at full load, in the unit of the recording.</summary>
    public double UnitsPerInstance { get; }

    /// <summary>Scored minutes in which the recording was at its end, so that nobody knows how much was wanted.</summary>
    public int CappedMinutes { get; }

    public DateTimeOffset At(int minute) => Start.AddMinutes(minute);

    public bool IsCapped(int minute) => _capped[minute];

    /// <summary>Cuts a recording and brings it to instances.</summary>
    /// <param name="points">In the order of their times, finite and not negative.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="span">Which part is replayed and scored.</param>
    /// <param name="meanInstances">Mean demand over the scored minutes; absent: the values are instances.</param>
    /// <exception cref="FormatException">There is no load to score.</exception>
    public static ReplayedLoad Of(IReadOnlyList<TracePoint> points, string file, ReplaySpan span, double? meanInstances)
    {
        var minutes = RecordedLoad.ToMinutes(points, file);
        var first = (int)(span.From - points[0].At).TotalMinutes;
        var demand = minutes.AsSpan(first, span.Minutes).ToArray();
        var capped = CappedLoad.Minutes(points, minutes.Length).AsSpan(first, span.Minutes).ToArray();
        var units = 1d;
        if (meanInstances is { } mean)
        {
            var recorded = demand.AsSpan(span.WarmUpMinutes).ToArray().Average();
            units = recorded > 0
                ? recorded / mean
                : throw new FormatException($"{file}: no load in the part that is scored; expected at least one positive value there");
            for (var minute = 0; minute < demand.Length; minute++)
            {
                demand[minute] /= units;
            }
        }

        return new ReplayedLoad(
            DemandSeries.Of(Path.GetFileNameWithoutExtension(file), demand, span.WarmUpMinutes), span.From, units, capped);
    }

    /// <summary>A part of it on the same scale.</summary>
    /// <param name="minutes">Minutes from the first one on.</param>
    /// <param name="scoredFrom">The first of them that is scored.</param>
    public ReplayedLoad Part(Range minutes, int scoredFrom)
    {
        var (offset, _) = minutes.GetOffsetAndLength(Demand.Minutes);
        return new ReplayedLoad(
            DemandSeries.Of(Demand.Name, Demand.Demand[minutes].ToArray(), scoredFrom - offset), At(offset), UnitsPerInstance, _capped[minutes]);
    }

    /// <summary>A demand made up in a program, a value a minute in instances.</summary>
    public static ReplayedLoad Made(DemandSeries demand, DateTimeOffset start) => new(demand, start, 1, new bool[demand.Minutes]);
}
