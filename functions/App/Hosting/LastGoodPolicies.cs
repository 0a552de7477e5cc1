using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Keeps the files of the last good set in the state, so that a restart does not lose it.</summary>
internal sealed class LastGoodPolicies(IDocumentStore documents)
{
    private const string Partition = "policies";
    private const string LastGood = "last-good";

    /// <summary>It and those before it, to be compared and chosen.</summary>
    public KeptSets Sets { get; } = new(documents);

    /// <summary>Keeps a set, unless it is kept already.</summary>
    /// <returns>Whether it is kept now.</returns>
    public async Task<bool> KeepAsync(PolicySet policies, IReadOnlyList<PolicyFile> files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (KeptPolicies.IsTooLarge(files))
        {
            // An earlier set is not the last good one any more: it may forbid less.
            await documents.DeleteDocumentAsync(Partition, LastGood, cancellationToken);
            return false;
        }

        var stored = await documents.ReadDocumentAsync(Partition, LastGood, cancellationToken);
        if (KeptPolicies.Parse(stored)?.Version == policies.Version)
        {
            return true;
        }

        var json = JsonSerializer.Serialize(KeptPolicies.Of(policies.Version, now, files), AppJson.Default.KeptPolicies);

        // Who is faster keeps what is in force there; at the next change all keep the same again.
        await documents.WriteDocumentAsync(new StoredDocument(Partition, LastGood, stored?.Version ?? 0, json, DateTimeOffset.MaxValue), cancellationToken);
        return true;
    }

    /// <summary>The set that was kept, read as files are; nothing when there is none, or its hash is not what was kept with it.</summary>
    public async Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken) =>
        KeptPolicies.Parse(await documents.ReadDocumentAsync(Partition, LastGood, cancellationToken))?.Read();
}
