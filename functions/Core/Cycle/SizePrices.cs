using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What sizes cost a target. Declared prices go before retail ones, as everywhere.</summary>
internal static class SizePrices
{
    /// <param name="source">Azure's prices.</param>
    /// <param name="target">Whose region and terms count.</param>
    /// <param name="sizes">Names.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="declared">What the owner says they cost.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>By name; each of them is there.</returns>
    public static async Task<IReadOnlyDictionary<string, PriceReading>> ReadAsync(
        IPriceSource source, ObservedTarget target, IEnumerable<string> sizes, string currency, IReadOnlyList<PriceList> declared, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, PriceReading>(StringComparer.OrdinalIgnoreCase);
        var queries = new Dictionary<string, PriceQuery>(StringComparer.OrdinalIgnoreCase);
        foreach (var size in sizes)
        {
            if (declared.FirstOrDefault(list => list.Currency == currency && list.Of(size) is not null) is { } list)
            {
                known[size] = new PriceReading.Known(new Price(new Money(list.Of(size)!.Value, list.Currency), PriceBasis.Declared, list.AsOf, ""));
            }
            else
            {
                queries[size] = PriceQuery.Of(target) with { Sku = size };
            }
        }

        if (queries.Count == 0)
        {
            return known;
        }

        var read = await source.ReadAsync([.. queries.Values.Distinct()], currency, cancellationToken).ConfigureAwait(false);
        foreach (var (name, query) in queries)
        {
            known[name] = read.GetValueOrDefault(query) ?? new PriceReading.Missing("nothing was answered for it");
        }

        return known;
    }
}
