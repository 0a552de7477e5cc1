using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Sandbox.Load;

/// <summary>
/// A recorded load, scaled to a mean number of instances; linear between its points. Outside the recording it
/// repeats in whole days, so that the hour of the day stays right.
/// </summary>
public sealed class TraceLoad : ILoadSource
{
    // A step counts as a gap when it is clearly longer than the usual one, not merely jittered.
    private const double GapFactor = 1.5;

    private readonly DateTimeOffset _origin;
    private readonly double[] _minutes;
    private readonly double[] _demand;
    private readonly double _period;

    private TraceLoad(DateTimeOffset origin, double[] minutes, double[] demand, TraceGaps gaps)
    {
        _origin = origin;
        _minutes = minutes;
        _demand = demand;
        Gaps = gaps;
        var length = minutes[^1];
        _period = length >= 1440 ? Math.Floor(length / 1440) * 1440 : length;
    }

    public DateTimeOffset Start => _origin;

    /// <summary>Its first point: what it would repeat before that never was.</summary>
    public DateTimeOffset KnownSince => _origin;

    public DateTimeOffset End => _origin.AddMinutes(_minutes[^1]);

    public TraceGaps Gaps { get; }

    /// <summary>Reads a CSV file of <c>timestamp,value</c> lines.</summary>
    /// <exception cref="FormatException">The file is missing or not such a file; says where and what was expected.</exception>
    public static TraceLoad Load(string path, double meanInstances = 20) => File.Exists(path)
        ? Parse(File.ReadAllText(path), path, meanInstances)
        : throw new FormatException(
            $"{path}: {(Directory.Exists(path) ? "this is a directory" : "the file does not exist")}; expected a CSV file with lines 'timestamp,value'");

    /// <summary>Reads lines of <c>timestamp,value</c>, the first of which may be a header.</summary>
    /// <param name="text">The lines; timestamps are ISO 8601 and increasing, values finite and not negative.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="meanInstances">What the mean of the recording shall be.</param>
    /// <exception cref="FormatException">Says where and what was expected.</exception>
    public static TraceLoad Parse(string text, string file, double meanInstances = 20)
    {
        if (!double.IsFinite(meanInstances) || meanInstances <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(meanInstances), meanInstances, "the mean is a positive number of instances");
        }

        var rows = TraceText.Read(text, file, TraceRule.Demand);
        var minutes = rows.Select(row => (row.At - rows[0].At).TotalMinutes).ToArray();
        var values = rows.Select(row => row.Value).ToArray();
        var mean = Mean(minutes, values);
        return mean > 0
            ? new TraceLoad(rows[0].At, minutes, [.. values.Select(value => value * (meanInstances / mean))], FindGaps(minutes))
            : throw new FormatException($"{file}:{rows[0].Line}: all values are zero; expected at least one positive value to scale by");
    }

    /// <summary>The same recording, moved to begin at another time.</summary>
    public TraceLoad MovedTo(DateTimeOffset start) => new(start.ToUniversalTime(), _minutes, _demand, Gaps);

    public double DemandAt(DateTimeOffset at)
    {
        var minute = (at - _origin).TotalMinutes;
        if ((minute < 0 || minute > _minutes[^1]) && _period > 0)
        {
            minute -= Math.Floor(minute / _period) * _period;
        }

        var index = Array.BinarySearch(_minutes, minute);
        if (index >= 0)
        {
            return _demand[index];
        }

        var next = ~index;
        if (next == 0 || next == _minutes.Length)
        {
            return _demand[Math.Min(next, _minutes.Length - 1)];
        }

        var fraction = (minute - _minutes[next - 1]) / (_minutes[next] - _minutes[next - 1]);
        return _demand[next - 1] + ((_demand[next] - _demand[next - 1]) * fraction);
    }

    private static double Mean(double[] minutes, double[] values)
    {
        if (values.Length == 1)
        {
            return values[0];
        }

        var area = 0d;
        for (var i = 1; i < values.Length; i++)
        {
            area += (values[i] + values[i - 1]) / 2 * (minutes[i] - minutes[i - 1]);
        }

        return area / minutes[^1];
    }

    private static TraceGaps FindGaps(double[] minutes)
    {
        var steps = minutes.Skip(1).Select((minute, i) => minute - minutes[i]).ToArray();
        if (steps.Length == 0)
        {
            return new TraceGaps(0, TimeSpan.Zero);
        }

        var usual = steps.Order().ElementAt((steps.Length - 1) / 2);
        var gaps = steps.Where(step => step > usual * GapFactor).ToArray();
        return new TraceGaps(gaps.Length, TimeSpan.FromMinutes(gaps.Length == 0 ? 0 : gaps.Max()));
    }
}
