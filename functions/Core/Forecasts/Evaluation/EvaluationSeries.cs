using ScaleFunctions.Core.Forecasts.Repair;

namespace ScaleFunctions.Core.Forecasts.Evaluation;

/// <summary>A recording as the protocol scores it: means of 15 minutes, or as recorded where that is coarser.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Values">The load in each step.</param>
/// <param name="StepSeconds">Length of a step.</param>
public sealed record EvaluationSeries(string Name, double[] Values, int StepSeconds)
{
    private const double GridSeconds = 900;
    private const double DaySeconds = 86_400;

    public int StepsPerDay => (int)Math.Round(DaySeconds / StepSeconds);

    /// <summary>Steps of the first hour, which is scored by itself; an hour's step is the hour.</summary>
    public int StepsPerHour => Math.Max(1, (int)Math.Round(3600d / StepSeconds));

    /// <summary>Averages a recording. Steps that are missing or not equal are put on a grid first.</summary>
    /// <param name="name">The name in the table.</param>
    /// <param name="points">At least two, ascending.</param>
    /// <exception cref="FormatException">A step that does not divide a day.</exception>
    public static EvaluationSeries From(string name, IReadOnlyList<LoadPoint> points)
    {
        var recorded = UsualStep(name, points);
        var values = Regular(points, recorded);
        var averaged = Math.Max(1, (int)Math.Round(GridSeconds / recorded.TotalSeconds));
        var means = new double[values.Length / averaged];
        for (var i = 0; i < means.Length; i++)
        {
            var sum = 0d;
            for (var k = 0; k < averaged; k++)
            {
                sum += values[(i * averaged) + k];
            }

            means[i] = sum / averaged;
        }

        return new(name, means, (int)Math.Round(recorded.TotalSeconds * averaged));
    }

    private static TimeSpan UsualStep(string name, IReadOnlyList<LoadPoint> points)
    {
        if (points.Count < 2)
        {
            throw new FormatException($"{name}: one value; expected weeks of them");
        }

        var steps = points.Zip(points.Skip(1), (left, right) => (double)(right.At - left.At).Ticks).ToArray();
        var step = TimeSpan.FromTicks((long)Quantiles.MedianInPlace(steps));
        return step >= TimeSpan.FromSeconds(1) && TimeSpan.FromDays(1).Ticks % step.Ticks == 0
            ? step
            : throw new FormatException($"{name}: values are usually {step} apart; expected a step that divides a day");
    }

    private static double[] Regular(IReadOnlyList<LoadPoint> points, TimeSpan step)
    {
        var count = (int)Math.Round((points[^1].At - points[0].At) / step) + 1;
        var isRegular = count == points.Count && points.Select((point, i) => point.At == points[0].At + (i * step)).All(fits => fits);
        if (isRegular)
        {
            return [.. points.Select(point => point.Value)];
        }

        var grid = RegularGrid.Of(points, points[0].At + (count * step), step, count);
        GapFilling.Fill(grid, (int)(TimeSpan.FromDays(1).Ticks / step.Ticks), 1);
        return grid.Values;
    }
}
