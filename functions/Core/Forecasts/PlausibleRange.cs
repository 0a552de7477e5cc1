namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Keeps a path near what a load has done before: at most half of its range beyond either end, and not negative when it
/// never was. A model may extrapolate; a load that no one has ever seen is more often the model's fault.
/// </summary>
internal static class PlausibleRange
{
    private const double Beyond = 0.5;

    /// <summary>Limits each path by the values before its origin.</summary>
    public static void Limit(SeriesWindow window, ReadOnlySpan<int> origins, double[][] paths)
    {
        var (low, high, seen) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        for (var o = 0; o < origins.Length; o++)
        {
            for (; seen < origins[o]; seen++)
            {
                low = Math.Min(low, window.Values[seen]);
                high = Math.Max(high, window.Values[seen]);
            }

            var margin = Beyond * (high - low);
            var least = low >= 0 ? Math.Max(0, low - margin) : low - margin;
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] = Math.Clamp(paths[o][i], least, high + margin);
            }
        }
    }
}
