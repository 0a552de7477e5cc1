namespace ScaleFunctions.Core.Forecasts.Repair;

/// <summary>Points averaged into equal steps. A step without a point is empty.</summary>
internal sealed class RegularGrid
{
    private RegularGrid(double[] values, bool[] isKnown) => (Values, IsKnown) = (values, isKnown);

    public double[] Values { get; }

    public bool[] IsKnown { get; }

    /// <summary>The mean of the points in each of the steps that end at <paramref name="end"/>.</summary>
    /// <param name="points">In ascending order; those at or after the end, or too old, do not count, nor do values that are not finite.</param>
    /// <param name="end">End of the last step.</param>
    /// <param name="step">Length of a step.</param>
    /// <param name="steps">How many.</param>
    public static RegularGrid Of(IReadOnlyList<LoadPoint> points, DateTimeOffset end, TimeSpan step, int steps)
    {
        var (sums, counts) = (new double[steps], new int[steps]);
        for (var i = points.Count - 1; i >= 0; i--)
        {
            var back = (end - points[i].At).Ticks;
            var slot = steps - 1 - ((back - 1) / step.Ticks);
            if (slot < 0)
            {
                break;
            }

            if (back > 0 && double.IsFinite(points[i].Value))
            {
                sums[slot] += points[i].Value;
                counts[slot]++;
            }
        }

        for (var slot = 0; slot < steps; slot++)
        {
            sums[slot] = counts[slot] == 0 ? 0 : sums[slot] / counts[slot];
        }

        return new(sums, Array.ConvertAll(counts, count => count > 0));
    }

    /// <summary>The same without its first steps.</summary>
    public RegularGrid From(int first) => new(Values[first..], IsKnown[first..]);
}
