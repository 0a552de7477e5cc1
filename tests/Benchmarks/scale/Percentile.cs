namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>Percentiles by nearest rank: a value that was seen, and with fewer than a hundred of them the 99th is the largest.</summary>
internal static class Percentile
{
    public static double Of(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }
}
