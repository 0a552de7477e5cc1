using System.Globalization;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>A recorded load: values at increasing times, each the mean of the interval that begins there.</summary>
public sealed class LoadTrace
{
    private LoadTrace(string name, IReadOnlyList<DateTimeOffset> times, IReadOnlyList<double> values, TimeSpan step)
    {
        Name = name;
        Times = times;
        Values = values;
        Step = step;
    }

    /// <summary>Name of the file without its folder and extension.</summary>
    public string Name { get; }

    public IReadOnlyList<DateTimeOffset> Times { get; }

    public IReadOnlyList<double> Values { get; }

    /// <summary>The usual distance of two values: the median.</summary>
    public TimeSpan Step { get; }

    /// <summary>Reads lines of <c>timestamp,value</c>, the first of which may be a header.</summary>
    /// <exception cref="FormatException">Says in which line and what was expected.</exception>
    public static LoadTrace Parse(string text, string file)
    {
        var times = new List<DateTimeOffset>();
        var values = new List<double>();
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.IsEmpty || (number == 1 && IsHeader(line)))
            {
                continue;
            }

            var (at, value) = ReadRow(line, file, number);
            if (times.Count > 0 && at <= times[^1])
            {
                throw Wrong(file, number, line, $"expected a time after {times[^1]:yyyy-MM-ddTHH:mm:ssZ}");
            }

            times.Add(at);
            values.Add(value);
        }

        return times.Count >= 2
            ? new LoadTrace(Path.GetFileNameWithoutExtension(file), times, values, UsualStep(times))
            : throw new FormatException($"{file}:{Math.Max(1, number)}: {times.Count} rows; expected at least two lines 'timestamp,value'");
    }

    /// <summary>The load of each whole minute, linear between the centres of the recorded intervals and level beyond the outer ones.</summary>
    public double[] ToMinutes()
    {
        var half = Step.TotalMinutes / 2;
        var minutes = new double[(int)((Times[^1] - Times[0]).TotalMinutes + Step.TotalMinutes)];
        var next = 0;
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            // A minute is meant at its own centre, half a minute after it begins.
            while (next < Times.Count && Centre(next) < minute)
            {
                next++;
            }

            minutes[minute] = next == 0 ? Values[0] : next == Times.Count ? Values[^1] : Between(next - 1, minute);
        }

        return minutes;

        double Centre(int index) => (Times[index] - Times[0]).TotalMinutes + half - 0.5;

        double Between(int before, int minute)
        {
            var slope = (Values[before + 1] - Values[before]) / (Centre(before + 1) - Centre(before));
            return Values[before] + (slope * (minute - Centre(before)));
        }
    }

    private static (DateTimeOffset At, double Value) ReadRow(ReadOnlySpan<char> line, string file, int number)
    {
        var comma = line.IndexOf(',');
        if (comma < 0)
        {
            throw Wrong(file, number, line, "expected 'timestamp,value'");
        }

        var stamp = line[..comma].Trim();
        if (stamp.Length < 10 || stamp[4] != '-' || !DateTimeOffset.TryParse(
            stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            throw Wrong(file, number, stamp, "expected an ISO 8601 time such as 2026-01-05T00:00:00Z");
        }

        var amount = line[(comma + 1)..].Trim();
        return double.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (at, value)
            : throw Wrong(file, number, amount, "expected a finite number");
    }

    // A header has a word where a time should be; a wrong first row has digits there and is an error.
    private static bool IsHeader(ReadOnlySpan<char> line) => char.IsAsciiLetter(line[0]) || line[0] == '"';

    private static TimeSpan UsualStep(List<DateTimeOffset> times)
    {
        var steps = new long[times.Count - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (times[i + 1] - times[i]).Ticks;
        }

        Array.Sort(steps);
        return TimeSpan.FromTicks(steps[steps.Length / 2]);
    }

    private static FormatException Wrong(string file, int line, ReadOnlySpan<char> found, string expected) =>
        new($"{file}:{line}: '{found}': {expected}");
}
