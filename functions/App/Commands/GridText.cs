using System.Globalization;
using ScaleFunctions.Core.Backtests.Tuning;

namespace ScaleFunctions.App.Commands;

/// <summary>A grid as people type it: <c>target=50,60,70;stabilization=5m,30m;tolerance=5%,10%;minimum=2,4</c>.</summary>
internal static class GridText
{
    private const string Expected = "expected for example 'target=50,60,70;stabilization=5m,30m;tolerance=5%,10%;minimum=2,4'";

    /// <exception cref="UserErrorException">It is something else.</exception>
    public static TuningGrid Read(string text)
    {
        var grid = new TuningGrid();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, values) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right]
                ? (left, right.Split(',', StringSplitOptions.TrimEntries))
                : throw Wrong(part);
            grid = name switch
            {
                "target" => grid with { Targets = Each(values, Number) },
                "stabilization" => grid with { Stabilizations = Each(values, Span) },
                "tolerance" => grid with { Tolerances = Each(values, value => Number(value.TrimEnd('%')) / (value.EndsWith('%') ? 100 : 1)) },
                "minimum" => grid with { Minimums = Each(values, value => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null) },
                _ => throw Wrong(name),
            };
        }

        return grid.Points() is [var only] && only == new TuningPoint() ? throw Wrong(text) : grid;
    }

    private static IReadOnlyList<T> Each<T>(string[] values, Func<string, T?> read)
        where T : struct => [.. values.Select(value => read(value) ?? throw Wrong(value)).Distinct()];

    private static TimeSpan? Span(string text) => text == "0s" ? TimeSpan.Zero : SpanText.TryParse(text, out var span) ? span : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static UserErrorException Wrong(string found) => new($"'{found}' does not fit --grid; {Expected}");
}
