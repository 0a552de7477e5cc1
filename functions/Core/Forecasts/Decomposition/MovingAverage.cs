namespace ScaleFunctions.Core.Forecasts.Decomposition;

/// <summary>The running mean.</summary>
internal static class MovingAverage
{
    /// <summary>Means of each <paramref name="length"/> neighbours: n values give n − length + 1.</summary>
    public static void Smooth(ReadOnlySpan<double> values, int length, Span<double> means)
    {
        var sum = 0d;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            if (i >= length)
            {
                sum -= values[i - length];
            }

            if (i >= length - 1)
            {
                means[i - length + 1] = sum / length;
            }
        }
    }
}
