using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Remembers until the next tick which resources an event told about. An event is a hint and never acted on by itself; bursts
/// on one resource are one mark, and our own writes leave none.
/// </summary>
public sealed class ResourceMarks(RowStore rows, IDocumentStore documents)
{
    private const string Partition = "marks";
    private const string Seen = "events";

    /// <summary>Event Grid delivers an event for at most a day; a week leaves room for replays.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(7);

    /// <summary>An event comes from outside, and its words go into messages and journals.</summary>
    private const int LongestText = 300;

    /// <summary>Event Grid's own, with the address of a resource before it, are shorter.</summary>
    private const int LongestId = 600;

    /// <summary>An event of our own write arrives within this time of the action's end.</summary>
    private static readonly TimeSpan OwnFor = TimeSpan.FromMinutes(10);

    /// <summary>What became of an event.</summary>
    public enum Outcome
    {
        Marked,

        /// <summary>It came before.</summary>
        Repeated,

        /// <summary>It tells of our own write.</summary>
        Own,

        /// <summary>It is about a resource we do not look after.</summary>
        Foreign,
    }

    /// <summary>Takes an event in. Safe to repeat: an event is marked as seen only after its mark is stored.</summary>
    /// <param name="eventId">Unique together with its source.</param>
    /// <param name="target">The resource.</param>
    /// <param name="mark">What it tells.</param>
    /// <param name="now">Time of arrival.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<Outcome> TakeAsync(
        string eventId, TargetId target, ResourceMark mark, DateTimeOffset now, CancellationToken cancellationToken)
    {
        eventId = Short(eventId);
        if (await documents.ReadDocumentAsync(Seen, eventId, cancellationToken).ConfigureAwait(false) is not null)
        {
            return Outcome.Repeated;
        }

        var row = await rows.ReadAsync(target, cancellationToken).ConfigureAwait(false);
        var outcome = row.Version == 0 ? Outcome.Foreign : IsOwn(row, mark.At) ? Outcome.Own : Outcome.Marked;
        if (outcome == Outcome.Marked)
        {
            var what = mark.What.Length <= LongestText ? mark.What : $"{mark.What[..LongestText]}…";
            var json = JsonSerializer.Serialize(mark with { What = what }, CycleJson.Default.ResourceMark);
            await PutAsync(new StoredDocument(Partition, target.Key, 0, json, now + RememberedFor), cancellationToken).ConfigureAwait(false);
        }

        await PutAsync(new StoredDocument(Seen, eventId, 0, "{}", now + RememberedFor), cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>The marks there are, for the tick that looks at the resources anyway.</summary>
    /// <returns>By target key: what the event told.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        (await documents.ListDocumentsAsync(Partition, cancellationToken).ConfigureAwait(false)).ToDictionary(
            document => document.Key, document => document.Read(CycleJson.Default.ResourceMark)?.What ?? "an event, of which nothing more is known");

    /// <summary>Takes marks out that were passed on; before that a failure would lose them.</summary>
    public async Task ForgetAsync(IEnumerable<string> targetKeys, CancellationToken cancellationToken)
    {
        foreach (var key in targetKeys)
        {
            await documents.DeleteDocumentAsync(Partition, key, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An open action, or one that was sent shortly before the event, is what the event tells of.</summary>
    private static bool IsOwn(TargetRow row, DateTimeOffset at) =>
        row.Intent is { Phase: not IntentPhase.Opened } || row.History.Changes.Any(change => change.At <= at && at - change.At < OwnFor);

    /// <summary>An id is a key of the store, and a week's are kept: one made to be long is known by its hash.</summary>
    private static string Short(string eventId) =>
        eventId.Length <= LongestId ? eventId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));

    /// <summary>The first one counts.</summary>
    private async Task PutAsync(StoredDocument document, CancellationToken cancellationToken) =>
        await documents.WriteDocumentAsync(document, cancellationToken).ConfigureAwait(false);
}
