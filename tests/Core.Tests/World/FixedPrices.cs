using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Prices of the three sizes: 0.0575 USD a core and hour.</summary>
internal sealed class FixedPrices : IPriceSource
{
    public Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<PriceQuery, PriceReading>>(
            queries.ToDictionary(query => query, query => SomeFinding.Price(0.0575m * SomeSizes.Offers[query.Sku].Cores)));
}
