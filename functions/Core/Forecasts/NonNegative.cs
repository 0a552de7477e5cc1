namespace ScaleFunctions.Core.Forecasts;

/// <summary>A load that was never negative is not forecast to be.</summary>
internal static class NonNegative
{
    public static void Clip(SeriesWindow window, double[][] paths)
    {
        foreach (var path in window.IsNonNegative ? paths : [])
        {
            for (var i = 0; i < path.Length; i++)
            {
                path[i] = Math.Max(0, path[i]);
            }
        }
    }
}
