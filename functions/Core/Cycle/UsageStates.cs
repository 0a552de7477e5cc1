using System.Text.Json;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Keeps what was read of the use of resources, a document for each metric of each. It is a copy of what Azure has: what is missing,
/// damaged, of another version or of another metric is read anew, and a store that fails costs that, no more.
/// </summary>
public sealed class UsageStates(IDocumentStore documents)
{
    private const string Partition = "usage";

    /// <summary>Beyond 480,000 characters a table compresses, and this is packed already; three months of busy minutes take about 300,000.</summary>
    private const int LongestText = 450_000;

    /// <summary>Of what nobody looks at any more, nothing is kept after this.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(3);

    internal async Task<KeptUsage?> ReadAsync(TargetId target, MetricSelector metric, TimeSpan grain, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadDocumentAsync(Partition, KeyOf(target, metric), cancellationToken).ConfigureAwait(false) is { } stored
                && JsonSerializer.Deserialize(stored.Json, UsageJson.Default.UsageDocument) is { Version: UsageDocument.Current } document
                && document.Metric == metric.Key && document.Grain == grain && document.Until - document.From <= UsageDocument.Longest
                && document.Span > TimeSpan.Zero && document.Span <= UsageDocument.Longest
                    ? new KeptUsage(document.From, document.Until, document.Span, document.SpanAt, PackedSeries.Unpack(document.Points, document.From, document.Until, grain))
                    : null;
        }
        catch (Exception exception) when (exception is StateStoreException or JsonException or FormatException or InvalidDataException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Of two that write at once one is lost: what it read is read again by whoever needs it.</summary>
    internal async Task WriteAsync(TargetId target, MetricSelector metric, TimeSpan grain, KeptUsage usage, CancellationToken cancellationToken)
    {
        if (usage.Points.Count == 0)
        {
            return;
        }

        var packed = PackedSeries.Pack(usage.Points, usage.From, usage.Until, grain);
        if (packed.Length > LongestText)
        {
            return;
        }

        var document = new UsageDocument(UsageDocument.Current, metric.Key, grain, usage.From, usage.Until, usage.Span, usage.SpanAt, packed);
        try
        {
            var version = (await documents.ReadDocumentAsync(Partition, KeyOf(target, metric), cancellationToken).ConfigureAwait(false))?.Version ?? 0;
            await documents.WriteDocumentAsync(
                new StoredDocument(Partition, KeyOf(target, metric), version, JsonSerializer.Serialize(document, UsageJson.Default.UsageDocument), (usage.SpanAt > usage.Until ? usage.SpanAt : usage.Until) + KeptFor),
                cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException)
        {
            return;
        }
    }

    private static string KeyOf(TargetId target, MetricSelector metric) => $"{target.Key}|{metric.Key.Replace('\n', '|')}";
}
