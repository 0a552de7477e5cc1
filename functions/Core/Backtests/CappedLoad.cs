using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Backtests;

/// <summary>
/// Finds where a recording cannot say how much was wanted, because what carried the load was at its end: a percentage at 98 or
/// above for several samples, or any number that stays at the very maximum of the recording.
/// </summary>
/// <example>
/// <code>
/// recorded  70  99 100  98  85     percentages: 99, 100 and 98 are capped
/// recorded 400 900 900 900 650     nothing above 900 anywhere: the three are capped
/// recorded 400 900 650 900 400     peaks, not caps
/// </code>
/// </example>
public static class CappedLoad
{
    /// <summary>Fewer samples in a row are a peak.</summary>
    public const int LeastSamples = 3;

    private const double Full = 98;
    private const double Whole = 100;

    /// <summary>For each minute from the first point on: whether it lies in a capped interval.</summary>
    public static bool[] Minutes(IReadOnlyList<TracePoint> points, int minutes)
    {
        var capped = new bool[minutes];
        var highest = points.Max(point => point.Value);
        if (highest <= 0 || points.All(point => point.Value >= highest))
        {
            // A load that never changes shows no end of anything.
            return capped;
        }

        var from = highest is >= Full and <= Whole ? Full : highest;
        for (var first = 0; first < points.Count; first++)
        {
            var next = first;
            while (next < points.Count && points[next].Value >= from)
            {
                next++;
            }

            if (next - first >= LeastSamples)
            {
                var end = next < points.Count ? Minute(next) : minutes;
                capped.AsSpan(Minute(first)..Math.Min(end, minutes)).Fill(true);
            }

            first = Math.Max(first, next - 1);
        }

        return capped;

        int Minute(int point) => Math.Min(minutes, (int)(points[point].At - points[0].At).TotalMinutes);
    }
}
