using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps the statement of each month.</summary>
public sealed class SavingsStatements(IDocumentStore documents)
{
    private const string Partition = "savings";

    /// <summary>All that are kept, latest month first.</summary>
    public async Task<IReadOnlyList<SavingsStatement>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Read(SpendJson.Default.SavingsStatement)).OfType<SavingsStatement>()
            .OrderByDescending(statement => statement.From).ThenBy(statement => statement.Currency, StringComparer.Ordinal),
    ];

    public async Task<SavingsStatement?> ReadAsync(SpendPeriod month, string currency, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, KeyOf(month.Start, currency), cancellationToken).ConfigureAwait(false) is { } stored ? stored.Read(SpendJson.Default.SavingsStatement) : null;

    /// <summary>Replaces a month's statement; of two workers that write at once either is as good.</summary>
    public async Task WriteAsync(SavingsStatement statement, CancellationToken cancellationToken)
    {
        var key = KeyOf(statement.From, statement.Currency);
        var version = (await documents.ReadDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        await documents.WriteDocumentAsync(
            new StoredDocument(Partition, key, version, JsonSerializer.Serialize(statement, SpendJson.Default.SavingsStatement), SpendDay.StartOf(statement.To) + SpendDays.KeptFor), cancellationToken).ConfigureAwait(false);
    }

    private static string KeyOf(DateOnly month, string currency) => string.Create(CultureInfo.InvariantCulture, $"{month:yyyy-MM}-{currency}");
}
