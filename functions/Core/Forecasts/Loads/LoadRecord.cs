using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Forecasts.Loads;

/// <summary>
/// The load of a target in the last hours, kept in its row as decisions come by, so that a forecast learns from exactly what
/// decisions saw, of any kind of signal, without asking for it again.
/// </summary>
/// <param name="Signal">The signal whose load it is.</param>
/// <param name="Bins">Quarters of an hour, oldest first; the last one is still growing.</param>
/// <param name="LastAt">The newest sample that is in.</param>
public sealed record LoadRecord(string Signal, IReadOnlyList<LoadBin> Bins, DateTimeOffset LastAt)
{
    /// <summary>Six hours: the forecasts may be refreshed as late as that and lose nothing.</summary>
    public const int BinsKept = 25;

    /// <summary>The record with one more sample; of another signal than before it begins anew.</summary>
    /// <param name="record">What there is; null at first.</param>
    /// <param name="sample">One that is in already, or older, changes nothing.</param>
    public static LoadRecord Add(LoadRecord? record, LoadSample sample)
    {
        var bin = new LoadBin(LoadBin.StartOf(sample.At), sample.Load, 1, sample.IsCapped);
        if (record is null || record.Signal != sample.Signal)
        {
            return new LoadRecord(sample.Signal, [bin], sample.At);
        }

        if (sample.At <= record.LastAt)
        {
            return record;
        }

        var last = record.Bins[^1];
        return record with
        {
            LastAt = sample.At,
            Bins = last.At == bin.At
                ? [.. record.Bins.SkipLast(1), new LoadBin(bin.At, last.Sum + bin.Sum, last.Samples + 1, last.IsCapped || bin.IsCapped)]
                : [.. record.Bins.Skip(record.Bins.Count - BinsKept + 1), bin],
        };
    }

    /// <summary>The bins that no sample can change any more.</summary>
    [JsonIgnore]
    public IEnumerable<LoadBin> Complete => Bins.SkipLast(1);
}
