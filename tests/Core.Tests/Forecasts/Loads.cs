using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

/// <summary>Made-up loads.</summary>
internal static class Loads
{
    public static readonly DateTimeOffset End = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Even noise between −1 and 1 that a seed decides.</summary>
    public static double[] Noise(int count, uint seed)
    {
        var noise = new double[count];
        for (var i = 0; i < count; i++)
        {
            seed = (seed * 1_664_525) + 1_013_904_223;
            noise[i] = (seed / (double)uint.MaxValue * 2) - 1;
        }

        return noise;
    }

    /// <summary>A load by the hour with a daily shape and some noise.</summary>
    public static double[] Daily(int days, double level = 100, double swing = 40, double noise = 5, uint seed = 1)
    {
        var random = Noise(days * 24, seed);
        return [.. Enumerable.Range(0, days * 24).Select(i => level + (swing * Math.Sin(2 * Math.PI * i / 24)) + (noise * random[i]))];
    }

    public static LoadHistory History(double[] values) => new(End, Hour, values);

    public static LoadForecast Forecast(double[] values, int steps = 24) => Forecast(History(values), steps);

    public static LoadForecast Forecast(LoadHistory history, int steps = 24) => Forecaster.Fit(history, Calibrator.Learn(history), steps);

    public static double[] Means(LoadForecast forecast) => [.. Enumerable.Range(1, forecast.Horizon).Select(forecast.MeanAt)];

    /// <summary>Any load that is not negative: shapes, bursts, zeros, steps, of 8 to 240 hours.</summary>
    public static Gen<double[]> Any { get; } =
        from hours in Gen.Int[8, 240]
        from level in Gen.OneOf(Gen.Const(0d), Gen.Double[0, 1000])
        from swing in Gen.Double[0, 1.5]
        from noise in Gen.Double[0, 1]
        from burst in Gen.OneOf(Gen.Const(0d), Gen.Double[0, 50])
        from at in Gen.Int[0, 239]
        from seed in Gen.UInt
        select Make(hours, level, swing, noise, burst, at, seed);

    private static double[] Make(int hours, double level, double swing, double noise, double burst, int at, uint seed)
    {
        var random = Noise(hours, seed);
        return [.. Enumerable.Range(0, hours).Select(i => Math.Max(0, level
            * (1 + (swing * Math.Sin(2 * Math.PI * i / 24)) + (noise * random[i]) + (i > at ? burst * Math.Abs(random[i]) : 0))))];
    }
}
