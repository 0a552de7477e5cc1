using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class ErrorCorrectionTests
{
    [Fact]
    public void Errors_that_fade_by_a_fixed_share_are_carried_on_so()
    {
        // The error is 0.8 times the one before, and new from time to time.
        var noise = Loads.Noise(600, 3);
        var values = new double[600];
        for (var i = 1; i < values.Length; i++)
        {
            values[i] = (0.8 * values[i - 1]) + noise[i];
        }

        var path = Correct(values);

        Assert.InRange(path[0] / values[^1], 0.7, 0.9);
        Assert.InRange(path[3] / values[^1], 0.2, 0.6);
    }

    [Fact]
    public void After_a_step_nothing_larger_is_expected_than_was_ever_seen()
    {
        double[] values = [.. Loads.Noise(300, 3).Select((value, i) => value + (i >= 290 ? 10 * (i - 289) : 0))];

        Assert.InRange(Correct(values).Max(Math.Abs), 0, values.Max(Math.Abs));
    }

    private static double[] Correct(double[] values)
    {
        double[][] paths = [new double[24]];
        new ErrorCorrection(new SeriesWindow(values, 24, 24, 24), values, new double[values.Length], features: 2).Forecast([values.Length], paths);
        return paths[0];
    }
}
