using System.Text.Json;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Keeps how far the ladders of budgets are, a document for each, written only if it is the one that was read.</summary>
public sealed class BudgetStates(IDocumentStore documents)
{
    private const string Partition = "budgets";

    /// <summary>A budget that nobody has looked at for so long is nobody's.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>The budgets of the policies, each with what is remembered of it.</summary>
    public async Task<IReadOnlyList<BudgetStanding>> StandingsAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.BudgetAlerts.Count == 0)
        {
            return [];
        }

        var kept = (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).ToDictionary(document => document.Key, Parse);
        return [.. policies.BudgetAlerts.Select(policy => new BudgetStanding(policy, kept.GetValueOrDefault(policy.Name)?.Ladder ?? KeptLadder.New))];
    }

    /// <summary>What is kept of a budget, and its version; a new one when nothing is, or that cannot be read.</summary>
    public async Task<(BudgetRecord Record, long Version)> ReadAsync(string budget, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Partition, budget, cancellationToken).ConfigureAwait(false) is { } stored
            ? (Parse(stored), stored.Version)
            : (BudgetRecord.New, 0);

    /// <returns>The new version; nothing when somebody else has written meanwhile.</returns>
    public async Task<long?> WriteAsync(string budget, BudgetRecord record, long version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = new StoredDocument(Partition, budget, version, JsonSerializer.Serialize(record, BudgetJson.Default.BudgetRecord), now + KeptFor);
        return await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false) is RowWrite.Written written ? written.Version : null;
    }

    /// <summary>Without what was kept the ladder begins anew, and gives back what it held: that stops nothing, and is told.</summary>
    private static BudgetRecord Parse(StoredDocument document) => document.Read(BudgetJson.Default.BudgetRecord) ?? BudgetRecord.New with { IsForgotten = true };
}
