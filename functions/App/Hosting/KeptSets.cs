using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Keeps the files of the last sets that came into force or wait for it, so that they can be compared and chosen again.</summary>
internal sealed class KeptSets(IDocumentStore documents)
{
    /// <summary>Sets that are kept.</summary>
    public const int Most = 20;

    private const string Partition = "policies";
    private const string Index = "sets";

    /// <summary>Of those that write the list together one is always done.</summary>
    private const int Attempts = 10;

    /// <summary>The sets, that which came into force last first.</summary>
    public async Task<IReadOnlyList<KeptSet>> ListAsync(CancellationToken cancellationToken) =>
        [.. Parse(await documents.ReadDocumentAsync(Partition, Index, cancellationToken)).OrderByDescending(set => set.LastAt)];

    /// <summary>Keeps a set and its entry; what is too many, the oldest, goes.</summary>
    /// <exception cref="StateStoreException">The list kept changing.</exception>
    public async Task KeepAsync(KeptSet entry, IReadOnlyList<PolicyFile> files, CancellationToken cancellationToken)
    {
        var key = KeyOf(entry.Version);
        var before = await documents.ReadDocumentAsync(Partition, key, cancellationToken);
        if (KeptPolicies.Parse(before)?.Read()?.Policies.Version != entry.Version)
        {
            var json = JsonSerializer.Serialize(KeptPolicies.Of(entry.Version, entry.SeenAt, files), AppJson.Default.KeptPolicies);
            await documents.WriteDocumentAsync(new StoredDocument(Partition, key, before?.Version ?? 0, json, DateTimeOffset.MaxValue), cancellationToken);
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await documents.ReadDocumentAsync(Partition, Index, cancellationToken);
            var sets = Parse(stored);
            if (With(sets, entry) is not { } next)
            {
                return;
            }

            IReadOnlyList<KeptSet> kept = [.. next.OrderByDescending(set => set.LastAt).Take(Most)];
            var json = JsonSerializer.Serialize(kept, AppJson.Default.IReadOnlyListKeptSet);
            if (await documents.WriteDocumentAsync(new StoredDocument(Partition, Index, stored?.Version ?? 0, json, DateTimeOffset.MaxValue), cancellationToken) is RowWrite.Written)
            {
                foreach (var gone in next.Except(kept))
                {
                    await documents.DeleteDocumentAsync(Partition, KeyOf(gone.Version), cancellationToken);
                }

                return;
            }
        }

        throw new StateStoreException($"The list of policy sets changed {Attempts} times in a row; please try again");
    }

    /// <summary>A set, read as files are; nothing when it is not kept, or its hash is not what was kept with it.</summary>
    public async Task<PolicySnapshot?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        var kept = KeptPolicies.Parse(await documents.ReadDocumentAsync(Partition, KeyOf(version), cancellationToken))?.Read();
        var place = (await ListAsync(cancellationToken)).FirstOrDefault(set => set.Version == version)?.Place ?? "";
        return kept?.Policies.Version == version ? kept with { Place = place } : null;
    }

    /// <summary>The entries with one more; nothing when they hold it already.</summary>
    private static List<KeptSet>? With(IReadOnlyList<KeptSet> sets, KeptSet entry)
    {
        var known = sets.FirstOrDefault(set => set.Version == entry.Version);
        var isNewest = known?.InForceAt is { } at && sets.All(set => set.InForceAt is null || set.InForceAt <= at);
        if (known is not null && (entry.InForceAt is null || isNewest))
        {
            return null;
        }

        var next = known is null ? entry : entry with { SeenAt = known.SeenAt, Resources = entry.Resources ?? known.Resources };
        return [.. sets.Where(set => set.Version != entry.Version), next];
    }

    private static string KeyOf(string version) => $"set-{version}";

    private static IReadOnlyList<KeptSet> Parse(StoredDocument? document)
    {
        try
        {
            return document is null ? [] : JsonSerializer.Deserialize(document.Json, AppJson.Default.IReadOnlyListKeptSet) ?? [];
        }
        catch (JsonException)
        {
            // A list that is no list is begun anew: it must not keep policies from being used.
            return [];
        }
    }
}
