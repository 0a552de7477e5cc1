namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>
/// Several seasons at once, by STL in turns, each on what the others leave: Bandara, Hyndman and Bergmeir (2021),
/// "MSTL: A Seasonal-Trend Decomposition Algorithm for Time Series with Multiple Seasonal Patterns".
/// </summary>
public static class Mstl
{
    private const int Rounds = 2;

    // The paper smooths the first season over 11 cycles and each longer one over 4 more.
    private const int FirstWindow = 11;
    private const int WindowStep = 4;

    /// <summary>Splits n values into one season for each period, trend and remainder.</summary>
    /// <param name="values">n finite values; at least two cycles of each period.</param>
    /// <param name="periods">Points of a cycle, ascending.</param>
    /// <exception cref="ArgumentException">Fewer than two cycles of a period, or no period.</exception>
    public static (double[][] Seasons, double[] Trend, double[] Remainder) Decompose(ReadOnlySpan<double> values, IReadOnlyList<int> periods)
    {
        if (periods.Count == 0)
        {
            throw new ArgumentException("at least one period is needed", nameof(periods));
        }

        var rest = values.ToArray();
        var seasons = periods.Select(_ => new double[rest.Length]).ToArray();
        var windows = periods.Select((period, i) => StlWindows.For(period, FirstWindow + (WindowStep * i))).ToArray();
        var trend = Array.Empty<double>();
        // With one season there is nothing that a second turn could learn from.
        for (var turn = 0; turn < (periods.Count == 1 ? 1 : Rounds) * periods.Count; turn++)
        {
            var season = seasons[turn % periods.Count];
            Add(rest, season, 1);
            var parts = Stl.Decompose(rest, windows[turn % periods.Count]);
            parts.Season.CopyTo(season, 0);
            trend = parts.Trend;
            Add(rest, season, -1);
        }

        Add(rest, trend, -1);
        return (seasons, trend, rest);
    }

    private static void Add(double[] to, double[] what, double factor)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += factor * what[i];
        }
    }
}
