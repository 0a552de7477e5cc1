using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Keeps the files of the last good set in the state, so that a restart does not lose it.</summary>
internal sealed class LastGoodPolicies(IDocumentStore documents)
{
    private const string Partition = "policies";
    private const string LastGood = "last-good";

    /// <summary>More than this is no set of policies; the store has a limit too.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>Keeps a set, unless it is kept already.</summary>
    /// <returns>Whether it is kept now.</returns>
    public async Task<bool> KeepAsync(PolicySet policies, IReadOnlyList<PolicyFile> files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (files.Sum(file => (long)file.Content.Length) > MostBytes)
        {
            // An earlier set is not the last good one any more: it may forbid less.
            await documents.DeleteDocumentAsync(Partition, LastGood, cancellationToken);
            return false;
        }

        var stored = await documents.ReadDocumentAsync(Partition, LastGood, cancellationToken);
        if (Parse(stored)?.Version == policies.Version)
        {
            return true;
        }

        var kept = new KeptPolicies(policies.Version, now, [.. files.Select(file => new KeptPolicyFile(file.Name, Convert.ToBase64String(file.Content.Span)))]);
        var json = JsonSerializer.Serialize(kept, AppJson.Default.KeptPolicies);

        // Who is faster keeps what is in force there; at the next change all keep the same again.
        await documents.WriteDocumentAsync(new StoredDocument(Partition, LastGood, stored?.Version ?? 0, json, DateTimeOffset.MaxValue), cancellationToken);
        return true;
    }

    /// <summary>The set that was kept, read as files are; nothing when there is none, or its hash is not what was kept with it.</summary>
    public async Task<PolicySet?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Parse(await documents.ReadDocumentAsync(Partition, LastGood, cancellationToken)) is not { } kept)
        {
            return null;
        }

        try
        {
            var policies = PolicyReader.Read([.. kept.Files.Select(file => new PolicyFile(file.Name, Convert.FromBase64String(file.Content)))]);
            return policies.Version == kept.Version ? policies : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What cannot be read, or lacks a part, is as good as nothing: it is written anew, and must not keep files that are right from being used.</summary>
    private static KeptPolicies? Parse(StoredDocument? document)
    {
        try
        {
            return document is not null && JsonSerializer.Deserialize(document.Json, AppJson.Default.KeptPolicies) is { Version: not null, Files: { } files } kept
                && files.All(file => file is { Name: not null, Content: not null })
                ? kept
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
