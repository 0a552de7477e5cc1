using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Azure's published prices. One request asks for some sizes of a service in a region; nothing is kept here.</summary>
internal sealed class RetailPrices(ArmPipelines arm) : IPriceSource
{
    /// <summary>So that the address stays short.</summary>
    private const int SizesAtOnce = 10;

    /// <summary>What may be in a filter: it is put together as text.</summary>
    private static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. ");

    private readonly RetailPriceList _list = new(arm);

    public async Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(
        IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PriceQuery, PriceReading>();
        var askable = new List<(PriceQuery Query, IMeterRule Rule)>();
        foreach (var query in queries.Distinct())
        {
            if (WhyNot(query, currency, out var rule) is { } why)
            {
                found[query] = new PriceReading.Missing(why);
                continue;
            }

            askable.Add((query, rule!));
        }

        foreach (var group in askable.GroupBy(each => (each.Rule.Service, each.Query.Region)))
        {
            // The same size may be asked for with Linux and with Windows: both are on one answer.
            var bySize = group.GroupBy(each => each.Query.Sku, StringComparer.OrdinalIgnoreCase);
            foreach (var sizes in bySize.Chunk(SizesAtOnce))
            {
                await ReadAsync(found, [.. sizes.SelectMany(size => size)], currency, cancellationToken).ConfigureAwait(false);
            }
        }

        return found;
    }

    private static string? WhyNot(PriceQuery query, string currency, out IMeterRule? rule)
    {
        rule = MeterRules.Of(query);
        return rule is null ? $"nothing is known of how {query.ResourceType} is billed"
            : !IsName(query.Sku) || !IsName(query.Region) || currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)
                ? $"{AzureFaults.OneLine(query.Sku)} in {AzureFaults.OneLine(query.Region)} is no size in a region"
            : rule.WhyNot(query);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(NameLetters);

    private async Task ReadAsync(
        Dictionary<PriceQuery, PriceReading> found, List<(PriceQuery Query, IMeterRule Rule)> asked, string currency, CancellationToken cancellationToken)
    {
        var (first, rule) = asked[0];
        var now = arm.Connection.Time.GetUtcNow();
        var field = rule.Find(first).Field;
        var values = asked.SelectMany(each => each.Rule.Find(each.Query).Values).Distinct(StringComparer.Ordinal);
        var filter = $"serviceName eq '{rule.Service}' and priceType eq 'Consumption' and armRegionName eq '{first.Region}'"
            + $" and ({string.Join(" or ", values.Select(value => $"{field} eq '{value}'"))})";
        try
        {
            var meters = await _list.ReadAsync(filter, currency, cancellationToken).ConfigureAwait(false);
            foreach (var (query, each) in asked)
            {
                found[query] = MeterChoice.Of(meters, each, query, currency, now);
            }
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            foreach (var (query, _) in asked)
            {
                found[query] = new PriceReading.Missing($"Azure's price list could not be read: {AzureFaults.Describe(exception)}") { IsGap = true };
            }
        }
    }
}
