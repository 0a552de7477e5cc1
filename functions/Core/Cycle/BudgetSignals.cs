using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Takes in what is said of budgets: once by id, once by meaning, and only of budgets that a policy is about.</summary>
public sealed class BudgetSignals(IDocumentStore documents, IWorkQueue queue)
{
    private const string Seen = "budget-events";

    /// <summary>Event Grid delivers an event for at most a day; a week leaves room for replays.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(7);

    /// <summary>The same said again so soon leads to no other look; later it may have become true.</summary>
    private static readonly TimeSpan MeaningFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan MessageLife = TimeSpan.FromHours(1);

    /// <summary>What became of an event.</summary>
    public enum Outcome
    {
        /// <summary>The budget is looked at soon.</summary>
        Queued,

        /// <summary>It came before, or the same was said a short while ago.</summary>
        Repeated,

        /// <summary>No policy is about such a budget.</summary>
        Foreign,
    }

    /// <summary>Takes an event in. Safe to repeat: it is marked as seen only after its message is sent.</summary>
    public async Task<Outcome> TakeAsync(string eventId, BudgetSignal signal, PolicySet policies, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var about = policies.BudgetAlerts.Where(policy => IsAbout(policy, signal.Budget)).ToList();
        if (about.Count == 0)
        {
            return Outcome.Foreign;
        }

        var (id, meaning) = (Key("id", eventId), Key("meaning", $"{signal.Budget.ToLowerInvariant()}|{signal.Meaning}"));
        if (await IsSeenAsync(id, now, cancellationToken).ConfigureAwait(false) || await IsSeenAsync(meaning, now, cancellationToken).ConfigureAwait(false))
        {
            return Outcome.Repeated;
        }

        foreach (var policy in about)
        {
            var body = JsonSerializer.Serialize(new BudgetRequest(policy.Name), BudgetJson.Default.BudgetRequest);
            await queue.SendAsync(new WorkMessage(WorkKind.Budget, body, TimeSpan.Zero, MessageLife), cancellationToken).ConfigureAwait(false);
        }

        await MarkAsync(id, now + RememberedFor, cancellationToken).ConfigureAwait(false);
        await MarkAsync(meaning, now + MeaningFor, cancellationToken).ConfigureAwait(false);
        return Outcome.Queued;
    }

    private static bool IsAbout(BudgetAlertsPolicy policy, string budget) =>
        string.Equals(policy.Name, budget, StringComparison.Ordinal) || (policy.Budget.Length > 0 && string.Equals(policy.Budget, budget.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));

    private async Task<bool> IsSeenAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        await documents.ReadDocumentAsync(Seen, key, cancellationToken).ConfigureAwait(false) is { } stored && now < stored.ExpiresAt;

    private async Task MarkAsync(string key, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var version = (await documents.ReadDocumentAsync(Seen, key, cancellationToken).ConfigureAwait(false))?.Version ?? 0;
        await documents.WriteDocumentAsync(new StoredDocument(Seen, key, version, "{}", until), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What comes from outside is a key of the store only as its hash: it may be long, and hold anything.</summary>
    private static string Key(string kind, string text) => $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16])}";
}
