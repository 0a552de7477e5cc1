namespace ScaleFunctions.Core.Prices;

/// <summary>Knows what things cost.</summary>
public interface IPriceSource
{
    /// <summary>
    /// The price of each of what is asked for. Whatever goes wrong makes a price <see cref="PriceReading.Missing"/>, never an
    /// exception, and an outage is not waited for again and again: it is remembered for a while.
    /// </summary>
    /// <param name="queries">What to price; each gets an answer.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(
        IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken);
}
