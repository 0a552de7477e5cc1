namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>The next two hours as they were forecast, kept until it is known what came.</summary>
/// <param name="Origin">Begin of the first step; nothing at or after it was known.</param>
/// <param name="Means">The central forecast of each step.</param>
/// <param name="Uppers">The bound that 95 of 100 loads stay below.</param>
public sealed record IssuedForecast(DateTimeOffset Origin, double[] Means, double[] Uppers)
{
    /// <summary>Decisions look that far ahead: a forecast is renewed each hour, and what is asked for takes minutes to boot.</summary>
    public const int Steps = 8;

    public const double Quantile = 0.95;
}
