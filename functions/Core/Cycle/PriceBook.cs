using System.Text.Json;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Keeps prices, so that the list is asked once a day for each size and region, and an outage of it changes nothing for a week. All
/// instances share what is known by a document for each currency and region; without a store each process begins without.
/// </summary>
public sealed class PriceBook(IPriceSource source, IDocumentStore? documents, TimeProvider time) : IPriceSource
{
    /// <summary>So long nothing is asked.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    /// <summary>After this a price is not known any more.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    /// <summary>What had no price, or could not be read, is asked for again after this.</summary>
    public static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(15);

    private const string Partition = "prices";

    private readonly Lock _gate = new();
    private readonly Dictionary<(PriceQuery Query, string Currency), Entry> _known = [];

    public async Task<IReadOnlyDictionary<PriceQuery, PriceReading>> ReadAsync(
        IReadOnlyCollection<PriceQuery> queries, string currency, CancellationToken cancellationToken)
    {
        var due = Due(queries, currency);
        if (due.Count > 0)
        {
            await LoadAsync(due, currency, cancellationToken).ConfigureAwait(false);
            due = Due(due, currency);
        }

        if (due.Count > 0)
        {
            Take(await source.ReadAsync(due, currency, cancellationToken).ConfigureAwait(false), currency);
            await SaveAsync(due, currency, cancellationToken).ConfigureAwait(false);
        }

        return queries.Distinct().ToDictionary(query => query, query => Known(query, currency));
    }

    private List<PriceQuery> Due(IEnumerable<PriceQuery> queries, string currency)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return [.. queries.Distinct().Where(query => !_known.TryGetValue((query, currency), out var entry) || now >= entry.AskAgain)];
        }
    }

    private PriceReading Known(PriceQuery query, string currency)
    {
        lock (_gate)
        {
            return !_known.TryGetValue((query, currency), out var entry) ? new PriceReading.Missing("nobody was asked")
                : entry.Price is not null && time.GetUtcNow() - entry.ReadAt < GoodFor ? new PriceReading.Known(entry.Price)
                : new PriceReading.Missing(entry.WhyMissing);
        }
    }

    private void Take(IReadOnlyDictionary<PriceQuery, PriceReading> readings, string currency)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var (query, reading) in readings)
            {
                var before = _known.GetValueOrDefault((query, currency));
                _known[(query, currency)] = reading switch
                {
                    PriceReading.Known known => new Entry(known.Price, now, now + Fresh, ""),
                    PriceReading.Missing missing => new Entry(before?.Price, before?.ReadAt ?? now, now + AskedAgainAfter, missing.Why),
                    _ => throw new InvalidOperationException($"a price is neither known nor missing: {reading}"),
                };
            }
        }
    }

    /// <summary>Takes over what another instance has read. A store that fails costs a request to the price list, no more.</summary>
    private async Task LoadAsync(IEnumerable<PriceQuery> queries, string currency, CancellationToken cancellationToken)
    {
        foreach (var region in queries.Select(query => query.Region).Distinct())
        {
            foreach (var kept in await ReadKeptAsync(Key(currency, region), cancellationToken).ConfigureAwait(false))
            {
                lock (_gate)
                {
                    if (!_known.TryGetValue((kept.Query, currency), out var entry) || entry.Price is null || entry.ReadAt < kept.ReadAt)
                    {
                        _known[(kept.Query, currency)] = new Entry(kept.Price, kept.ReadAt, kept.ReadAt + Fresh, entry?.WhyMissing ?? "");
                    }
                }
            }
        }
    }

    private async Task SaveAsync(IEnumerable<PriceQuery> queries, string currency, CancellationToken cancellationToken)
    {
        foreach (var region in queries.Select(query => query.Region).Distinct())
        {
            List<KeptPrice> kept;
            lock (_gate)
            {
                kept = [.. _known
                    .Where(each => each.Key.Currency == currency && each.Key.Query.Region == region && each.Value.Price is not null)
                    .Select(each => new KeptPrice(each.Key.Query, each.Value.Price!, each.Value.ReadAt))
                    .OrderBy(each => each.Query.Sku, StringComparer.Ordinal)];
            }

            if (documents is null || kept.Count == 0)
            {
                continue;
            }

            try
            {
                var key = Key(currency, region);
                var version = (await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false))?.Version ?? 0;

                // Of two instances that write at once one loses: what it read is read again by whoever needs it.
                await documents.WriteDocumentAsync(
                    new StoredDocument(Partition, key, version, JsonSerializer.Serialize(kept, PricesJson.Default.ListKeptPrice), time.GetUtcNow() + GoodFor),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (StateStoreException)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<KeptPrice>> ReadKeptAsync(string key, CancellationToken cancellationToken)
    {
        if (documents is null)
        {
            return [];
        }

        try
        {
            return await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false) is { } document
                ? JsonSerializer.Deserialize(document.Json, PricesJson.Default.ListKeptPrice) ?? []
                : [];
        }
        catch (Exception exception) when (exception is StateStoreException or JsonException)
        {
            return [];
        }
    }

    private static string Key(string currency, string region) => $"{currency}-{region}";

    private sealed record Entry(Price? Price, DateTimeOffset ReadAt, DateTimeOffset AskAgain, string WhyMissing);
}
