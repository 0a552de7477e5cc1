namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>
/// Seasonal-trend decomposition by loess: Cleveland, Cleveland, McRae and Terpenning (1990), "STL: A
/// Seasonal-Trend Decomposition Procedure Based on Loess", Journal of Official Statistics 6(1).
/// </summary>
public static class Stl
{
    /// <summary>Splits n values into season, trend and what remains; the three sum to the values.</summary>
    /// <param name="values">n finite values in any unit, at least two cycles of them.</param>
    /// <param name="windows">The smoothers.</param>
    /// <exception cref="ArgumentException">Fewer than two cycles.</exception>
    public static Components Decompose(ReadOnlySpan<double> values, StlWindows windows)
    {
        var n = values.Length;
        if (windows.Period < 2 || n < 2 * windows.Period)
        {
            throw new ArgumentException($"{n} values are fewer than two cycles of {windows.Period}", nameof(values));
        }

        var season = new double[n];
        var trend = new double[n];
        var room = new StlRoom(n, windows.Period);
        var robustness = Array.Empty<double>();
        for (var round = 0; ; round++)
        {
            for (var inner = 0; inner < windows.InnerRounds; inner++)
            {
                Step(values, windows, robustness, season, trend, room);
            }

            if (round == windows.RobustRounds)
            {
                break;
            }

            robustness = robustness.Length == 0 ? new double[n] : robustness;
            Robustness.Weigh(values, season, trend, robustness);
        }

        if (windows.IsPeriodic)
        {
            AverageCycles(season, windows.Period);
        }

        return new(season, trend, Remainder(values, season, trend));
    }

    private static void Step(
        ReadOnlySpan<double> values, StlWindows windows, double[] robustness, double[] season, double[] trend, StlRoom room)
    {
        var n = values.Length;
        for (var i = 0; i < n; i++)
        {
            room.Detrended[i] = values[i] - trend[i];
        }

        SmoothCycles(windows, robustness, room);
        LowPass(windows, room);
        for (var i = 0; i < n; i++)
        {
            season[i] = room.Cycles[windows.Period + i] - room.Low[i];
            room.Detrended[i] = values[i] - season[i];
        }

        windows.Trend.Smooth(room.Detrended, robustness, trend, room.Weights);
    }

    // Each place of the cycle is smoothed over the cycles, and carried one cycle beyond both ends.
    private static void SmoothCycles(StlWindows windows, double[] robustness, StlRoom room)
    {
        var (n, period) = (room.Detrended.Length, windows.Period);
        for (var place = 0; place < period; place++)
        {
            var count = ((n - place - 1) / period) + 1;
            var one = room.One.AsSpan(0, count);
            for (var cycle = 0; cycle < count; cycle++)
            {
                one[cycle] = room.Detrended[(cycle * period) + place];
            }

            var smooth = room.OneSmooth.AsSpan(0, count + 2);
            if (robustness.Length == 0 && count <= CycleSmoother.MostCycles)
            {
                room.Smoother(windows.Season, count).Apply(one, smooth);
            }
            else
            {
                CycleSmoother.Smooth(windows.Season, one, RobustnessOf(place, period, robustness, room.OneRobustness.AsSpan(0, count)), smooth, room.Weights);
            }

            for (var cycle = 0; cycle < count + 2; cycle++)
            {
                room.Cycles[(cycle * period) + place] = smooth[cycle];
            }
        }
    }

    private static ReadOnlySpan<double> RobustnessOf(int place, int period, double[] robustness, Span<double> ofPlace)
    {
        if (robustness.Length == 0)
        {
            return [];
        }

        for (var cycle = 0; cycle < ofPlace.Length; cycle++)
        {
            ofPlace[cycle] = robustness[(cycle * period) + place];
        }

        return ofPlace;
    }

    private static void LowPass(StlWindows windows, StlRoom room)
    {
        var (n, period) = (room.Detrended.Length, windows.Period);
        MovingAverage.Smooth(room.Cycles, period, room.First);
        MovingAverage.Smooth(room.First.AsSpan(0, n + period + 1), period, room.Second);
        MovingAverage.Smooth(room.Second.AsSpan(0, n + 2), 3, room.First);
        windows.LowPass.Smooth(room.First.AsSpan(0, n), [], room.Low, room.Weights);
    }

    private static void AverageCycles(double[] season, int period)
    {
        for (var place = 0; place < period; place++)
        {
            var (sum, count) = (0d, 0);
            for (var i = place; i < season.Length; i += period)
            {
                sum += season[i];
                count++;
            }

            for (var i = place; i < season.Length; i += period)
            {
                season[i] = sum / count;
            }
        }
    }

    private static double[] Remainder(ReadOnlySpan<double> values, double[] season, double[] trend)
    {
        var rest = new double[values.Length];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = values[i] - season[i] - trend[i];
        }

        return rest;
    }
}
