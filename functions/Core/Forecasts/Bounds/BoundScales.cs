namespace ScaleFunctions.Core.Forecasts.Bounds;

/// <summary>The scales along one forecast path. Their size does not matter, only their shape.</summary>
internal static class BoundScales
{
    // Keep a scale from vanishing where the load or its spread does: a tenth of the mean.
    private const double Floor = 0.1;
    private const double RootFloor = 0.01;

    // The spread of single slots is noisy; half an hour to each side quiets it.
    private const int SmoothedShareOfDay = 48;
    private const int Cycles = 14;

    public static BoundScale[] All { get; } = Enum.GetValues<BoundScale>();

    /// <summary>The scales of a path, by kind; positive throughout.</summary>
    public static double[][] Along(SeriesWindow window, int origin, ReadOnlySpan<double> path)
    {
        var level = LevelBefore(window, origin);
        var spread = SpreadOfSlots(window, origin, path.Length);
        var scales = new double[All.Length][];
        for (var kind = 0; kind < scales.Length; kind++)
        {
            scales[kind] = new double[path.Length];
            for (var i = 0; i < path.Length; i++)
            {
                var share = level > 0 ? Math.Abs(path[i]) / level : 1;
                scales[kind][i] = All[kind] switch
                {
                    BoundScale.Even => 1,
                    BoundScale.Level => share + Floor,
                    BoundScale.Root => Math.Sqrt(share + RootFloor),
                    BoundScale.Spread => spread[i % spread.Length] + Floor,
                    _ => spread[i % spread.Length] + 1,
                };
            }
        }

        return scales;
    }

    private static double LevelBefore(SeriesWindow window, int origin)
    {
        var sum = 0d;
        var from = Math.Max(0, origin - window.Period);
        for (var i = from; i < origin; i++)
        {
            sum += Math.Abs(window.Values[i]);
        }

        return sum / (origin - from);
    }

    // Mean distance from the slot's median over the seasons before, smoothed, with mean 1.
    private static double[] SpreadOfSlots(SeriesWindow window, int origin, int horizon)
    {
        var slots = Math.Min(window.Period, Math.Max(horizon, 1));
        if (origin < 2 * window.Period)
        {
            return [1];
        }

        var spread = new double[window.Period];
        for (var slot = 0; slot < spread.Length; slot++)
        {
            var median = window.SlotMedian[Math.Min(origin + slot, window.SlotMedian.Length - 1)];
            var (sum, count) = (0d, 0);
            for (var i = origin + slot - window.Period; i >= 0 && count < Cycles; i -= window.Period, count++)
            {
                sum += Math.Abs(window.Values[i] - median);
            }

            spread[slot] = sum / count;
        }

        return Smooth(spread, slots, Math.Max(1, window.StepsPerDay / SmoothedShareOfDay));
    }

    private static double[] Smooth(double[] spread, int slots, int reach)
    {
        var mean = spread.Average();
        var smooth = new double[slots];
        for (var slot = 0; slot < slots; slot++)
        {
            for (var i = slot - reach; i <= slot + reach; i++)
            {
                smooth[slot] += spread[((i % spread.Length) + spread.Length) % spread.Length];
            }

            smooth[slot] = mean > 0 ? smooth[slot] / ((2 * reach) + 1) / mean : 1;
        }

        return smooth;
    }
}
