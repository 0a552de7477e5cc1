using System.Globalization;

namespace ScaleFunctions.Core.Signals.Traces;

/// <summary>Reads recordings: lines of <c>timestamp,value</c>, the first of which may be a header.</summary>
public static class TraceText
{
    /// <summary>Reads the lines; those that the rule takes as gaps are left out.</summary>
    /// <param name="text">Timestamps are ISO 8601 and increasing.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="rule">What the values may be.</param>
    /// <exception cref="FormatException">Says where and what was expected.</exception>
    public static IReadOnlyList<TracePoint> Read(string text, string file, TraceRule rule)
    {
        var points = new List<TracePoint>();
        var number = 0;
        (DateTimeOffset At, int Line)? previous = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.IsEmpty || (number == 1 && IsHeader(line)))
            {
                continue;
            }

            var (at, value) = ReadLine(line, file, number, rule, previous);
            previous = (at, number);
            if (value is { } present)
            {
                points.Add(new(at, present, number));
            }
        }

        return points.Count > 0 ? points : throw new FormatException($"{file}:1: no rows; expected lines 'timestamp,value'");
    }

    private static (DateTimeOffset At, double? Value) ReadLine(
        ReadOnlySpan<char> line, string file, int number, TraceRule rule, (DateTimeOffset At, int Line)? previous)
    {
        var comma = line.IndexOf(',');
        if (comma < 0)
        {
            throw Wrong(file, number, line, "expected 'timestamp,value'");
        }

        var stamp = line[..comma].Trim();
        if (!TryReadTime(stamp, out var at))
        {
            throw Wrong(file, number, stamp, "expected an ISO 8601 time such as 2026-01-05T00:00:00Z");
        }

        var value = ReadValue(line[(comma + 1)..].Trim(), file, number, rule);
        return previous is not { } before || at > before.At
            ? (at, value)
            : throw Wrong(file, number, stamp, $"expected a time after {before.At:yyyy-MM-ddTHH:mm:ssZ} of line {before.Line}");
    }

    private static double? ReadValue(ReadOnlySpan<char> text, string file, int number, TraceRule rule)
    {
        var maySkip = rule == TraceRule.Measured;
        if (maySkip && text.IsEmpty)
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw Wrong(file, number, text, "expected a number");
        }

        if (maySkip && double.IsNaN(value))
        {
            return null;
        }

        return NumberRange.Holds(value) && (maySkip || value >= 0)
            ? NumberRange.Of(value)
            : throw Wrong(file, number, text, double.IsFinite(value) && !NumberRange.Holds(value)
                ? $"expected a number between -{NumberRange.Largest:0e+0} and {NumberRange.Largest:0e+0}"
                : maySkip ? "expected a finite number" : "expected a finite number that is not negative");
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, out DateTimeOffset at)
    {
        at = default;
        return text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
    }

    // A header has a word where a time should be; a wrong first row has digits there and is an error.
    private static bool IsHeader(ReadOnlySpan<char> line) => char.IsAsciiLetter(line[0]) || line[0] == '"';

    private static FormatException Wrong(string file, int line, ReadOnlySpan<char> found, string expected) =>
        new($"{file}:{line}: '{found}': {expected}");
}
