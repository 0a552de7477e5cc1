using BenchmarkDotNet.Attributes;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Forecasts.Benchmarks;

/// <summary>Two weeks of a load with days, weekends, noise and bursts: what each part of a forecast costs.</summary>
[InProcess]
[MedianColumn]
[MemoryDiagnoser]
[WarmupCount(5)]
[IterationCount(25)]
public class ForecastBenchmarks
{
    private LoadHistory _history = null!;
    private Calibration _calibration = null!;
    private LoadForecast _forecast = null!;

    /// <summary>1,344 points are steps of 15 minutes, 4,032 of five.</summary>
    [Params(1344, 4032)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var day = Points / 14;
        var (values, seed) = (new double[Points], 7u);
        for (var i = 0; i < Points; i++)
        {
            seed = (seed * 1_664_525) + 1_013_904_223;
            var noise = seed / (double)uint.MaxValue;
            var weekday = i / day % 7 < 5 ? 1 : 0.6;
            values[i] = weekday * (100 + (40 * Math.Sin(2 * Math.PI * i / day)) + (20 * noise) + (noise > 0.99 ? 150 : 0));
        }

        _history = new(DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1) / day, values);
        _calibration = Calibrator.Learn(_history, [1]);
        _forecast = Forecaster.Fit(_history, _calibration, day);
    }

    [Benchmark]
    public LoadForecast FitAndForecastADay() => Forecaster.Fit(_history, _calibration, _history.StepsPerDay);

    [Benchmark]
    public Calibration Calibrate() => Calibrator.Learn(_history, [1]);

    [Benchmark]
    public LoadForecast ObserveAValue() => _forecast.Observe(100);

    [Benchmark]
    public double AskABound() => _forecast.QuantileAt(10, 0.95);
}
