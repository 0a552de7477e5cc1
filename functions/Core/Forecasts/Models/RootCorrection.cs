namespace ScaleFunctions.Core.Forecasts.Models;

/// <summary>The median of a slot with its errors carried forward, on the scale of square roots.</summary>
internal static class RootCorrection
{
    public static void Forecast(SeriesWindow window, int features, ReadOnlySpan<int> origins, double[][] paths)
    {
        var baseline = window.IsNonNegative ? Array.ConvertAll(window.SlotMedian, Math.Sqrt) : window.SlotMedian;
        new ErrorCorrection(window, window.Roots, baseline, features).Forecast(origins, paths);
        for (var o = 0; o < origins.Length; o++)
        {
            for (var i = 0; i < paths[o].Length; i++)
            {
                paths[o][i] = window.Unroot(paths[o][i] + baseline[origins[o] + i]);
            }
        }
    }
}
