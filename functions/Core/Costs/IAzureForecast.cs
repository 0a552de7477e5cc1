namespace ScaleFunctions.Core.Costs;

/// <summary>What Azure itself expects a scope to spend: beside our own forecast, for comparison.</summary>
public interface IAzureForecast
{
    /// <summary>The forecast of a period that runs. Whatever goes wrong is <see cref="AzureForecastReading.Missing"/>, never an exception.</summary>
    /// <param name="scope">Whose spend.</param>
    /// <param name="period">Which days, those that are over included.</param>
    /// <param name="amortized">Whether reservations are spread over what uses them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<AzureForecastReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken);
}
