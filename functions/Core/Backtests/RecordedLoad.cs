using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Backtests;

/// <summary>A recording brought to one-minute steps: linear between the centres of its intervals, level beyond the outer ones.</summary>
/// <remarks>
/// A value is the mean of the interval that begins at its time, so it belongs to the middle of it. Of intervals of
/// five minutes with 10 and 20:
/// <code>
/// minute  0  1  2  3  4  5  6  7  8  9
/// load   10 10 10 12 14 16 18 20 20 20
/// </code>
/// Holes are bridged in the same way.
/// </remarks>
public static class RecordedLoad
{
    /// <exception cref="FormatException">There is only one point.</exception>
    public static double[] ToMinutes(IReadOnlyList<TracePoint> points, string file)
    {
        if (points.Count < 2)
        {
            throw new FormatException($"{file}:{points[0].Line}: a single value; expected at least two lines 'timestamp,value'");
        }

        var step = UsualStep(points);
        var centres = points.Select(point => (point.At - points[0].At).TotalMinutes + (step / 2) - 0.5).ToArray();
        var minutes = new double[MinutesOf(points)];
        var next = 0;
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            // A minute, too, is meant at its centre; both are counted from the centre of the first minute.
            while (next < points.Count && centres[next] < minute)
            {
                next++;
            }

            minutes[minute] = next == 0 ? points[0].Value : next == points.Count ? points[^1].Value : Between(next - 1, minute);
        }

        return minutes;

        double Between(int before, int minute)
        {
            var slope = (points[before + 1].Value - points[before].Value) / (centres[before + 1] - centres[before]);
            return points[before].Value + (slope * (minute - centres[before]));
        }
    }

    /// <summary>Minutes of a recording of at least two points: to the end of the last interval.</summary>
    public static int MinutesOf(IReadOnlyList<TracePoint> points) => (int)((points[^1].At - points[0].At).TotalMinutes + UsualStep(points));

    /// <summary>The usual distance of two points in minutes: the median.</summary>
    private static double UsualStep(IReadOnlyList<TracePoint> points)
    {
        var steps = points.Skip(1).Select((point, i) => (point.At - points[i].At).TotalMinutes).ToArray();
        Array.Sort(steps);
        return steps[steps.Length / 2];
    }
}
