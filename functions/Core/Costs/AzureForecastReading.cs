namespace ScaleFunctions.Core.Costs;

/// <summary>What is known of Azure's forecast.</summary>
public abstract record AzureForecastReading
{
    private AzureForecastReading()
    {
    }

    /// <param name="Currency">ISO 4217 code of both amounts.</param>
    /// <param name="Billed">Of days that Azure calls actual.</param>
    /// <param name="Expected">Of the other days of the period.</param>
    /// <param name="ReadAt">When it was read.</param>
    public sealed record Known(string Currency, decimal Billed, decimal Expected, DateTimeOffset ReadAt) : AzureForecastReading
    {
        public decimal Total => Billed + Expected;
    }

    /// <param name="Why">For people: what was answered, and what mends it.</param>
    public sealed record Missing(string Why) : AzureForecastReading;
}
