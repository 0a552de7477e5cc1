using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Keeps counted days: a document for each day, subscription and currency, written only on the version that was read. Two workers that
/// count the same time side by side count it once, because one of them finds the day written.
/// </summary>
public sealed class SpendDays(IDocumentStore documents)
{
    /// <summary>A statement of the same month of the year before can be made.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>How often a day is counted again on what another worker has written.</summary>
    private const int Attempts = 4;

    /// <summary>Counts a subscription up to a look.</summary>
    /// <returns>The day of the look; nothing when other workers were faster each time, so that it is counted by them.</returns>
    /// <exception cref="StateStoreException">The store does not answer, or does not take so much.</exception>
    public async Task<SpendDay?> CountAsync(string subscription, string currency, SpendLook look, Targets.ManagementGroups groups, CancellationToken cancellationToken)
    {
        var day = SpendDay.DayOf(look.At);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (today, version) = await ReadAsync(day, subscription, currency, cancellationToken).ConfigureAwait(false);
            var isKept = today is not null;
            if (today is null)
            {
                var (yesterday, before) = await ReadAsync(day.AddDays(-1), subscription, currency, cancellationToken).ConfigureAwait(false);
                if (yesterday is { IsOver: false })
                {
                    yesterday = FastClock.Count(yesterday, look);
                    if (!await WriteAsync(yesterday, before, cancellationToken).ConfigureAwait(false))
                    {
                        continue;
                    }
                }

                today = yesterday?.Next() ?? SpendDay.Begin(subscription, currency, look);
            }

            var counted = FastClock.Count(today, look);
            if (isKept && ReferenceEquals(counted, today))
            {
                return today;
            }

            if (await WriteAsync(counted with { ManagementGroups = groups is Targets.ManagementGroups.Read ? groups : counted.ManagementGroups }, version, cancellationToken).ConfigureAwait(false))
            {
                return counted;
            }
        }

        return null;
    }

    /// <summary>What was counted of a day, of all subscriptions and in all currencies. What is damaged is left out: it is uncovered then.</summary>
    public async Task<IReadOnlyList<SpendDay>> ReadAsync(DateOnly day, CancellationToken cancellationToken) =>
        [.. (await documents.ListDocumentsAsync(PartitionOf(day), cancellationToken).ConfigureAwait(false)).Select(Parse).OfType<SpendDay>()];

    private async Task<(SpendDay? Day, long Version)> ReadAsync(DateOnly day, string subscription, string currency, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(PartitionOf(day), KeyOf(subscription, currency), cancellationToken).ConfigureAwait(false) is { } stored
            ? (Parse(stored), stored.Version)
            : (null, 0);

    private async Task<bool> WriteAsync(SpendDay day, long version, CancellationToken cancellationToken) => await documents.WriteDocumentAsync(
        new StoredDocument(
            PartitionOf(day.Day), KeyOf(day.Subscription, day.Currency), version, JsonSerializer.Serialize(KeptSpendDay.Of(day), SpendJson.Default.KeptSpendDay), day.End + KeptFor),
        cancellationToken).ConfigureAwait(false) is RowWrite.Written;

    private static SpendDay? Parse(StoredDocument stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Json, SpendJson.Default.KeptSpendDay) is { Version: KeptSpendDay.Current } kept ? kept.Read() : null;
        }
        catch (Exception exception) when (exception is JsonException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static string PartitionOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"spend-{day:yyyy-MM-dd}");

    private static string KeyOf(string subscription, string currency) => $"{subscription.ToLowerInvariant()}-{currency}";
}
