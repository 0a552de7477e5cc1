using ScaleFunctions.Core.Forecasts.Schedules;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>A forecast of the next day: a load that rises for three hours and falls again, known ever less exactly.</summary>
internal static class SampleForecast
{
    private const double PerInstance = 60;

    /// <param name="now">When it is made.</param>
    /// <param name="instances">What the load needs now.</param>
    public static PredictiveSchedule Of(DateTimeOffset now, double instances)
    {
        var first = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % PredictiveSchedule.Step.Ticks), TimeSpan.Zero);
        return new PredictiveSchedule
        {
            Signal = "cpu",
            Model = "combined",
            Quantile = 0.95,
            LoadPerInstance = PerInstance,
            Lead = TimeSpan.FromMinutes(4),
            MadeAt = now,
            ExpiresAt = now.AddHours(2),
            Steps = [.. Enumerable.Range(0, 288).Select(index => Step(first + (index * PredictiveSchedule.Step), index / 12.0, instances))],
        };
    }

    private static PredictedStep Step(DateTimeOffset at, double hours, double instances)
    {
        var mean = instances * PerInstance * (1 + (0.35 * Math.Sin(hours * Math.PI / 6)));
        var upper = mean * (1.08 + (0.06 * Math.Sqrt(hours)));
        return new PredictedStep(at, mean, upper, (int)Math.Ceiling(upper / PerInstance));
    }
}
