using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Forecasts.Loads;

/// <summary>The load of the last two weeks in quarters of an hour.</summary>
public sealed record LoadGrid
{
    public static LoadGrid Empty { get; } = new();

    private const int BinsKept = HistoryReader.UsualDays * 96;

    /// <summary>Begin of the first bin.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>Mean load of each bin, oldest first; null where nothing was measured. The last one is known.</summary>
    public IReadOnlyList<double?> Loads { get => field ?? []; init; } = [];

    /// <summary>Bins whose true load was higher than what is known of it.</summary>
    public IReadOnlyList<DateTimeOffset> CappedAt { get => field ?? []; init; } = [];

    /// <summary>End of the last bin that is known.</summary>
    public DateTimeOffset End => Start + (Loads.Count * LoadBin.Length);

    public IEnumerable<LoadPoint> Points => Loads.Select((load, index) => (load, index))
        .Where(each => each.load is not null)
        .Select(each => new LoadPoint(Start + (each.index * LoadBin.Length), each.load!.Value));

    /// <summary>The load of the bin that begins at a time; null when it is not known.</summary>
    public double? At(DateTimeOffset start)
    {
        var index = (start - Start).Ticks / LoadBin.Length.Ticks;
        return start >= Start && index < Loads.Count ? Loads[(int)index] : null;
    }

    /// <summary>Whether a bin can be learned from. A load below zero is a fault, and nothing could be done by one that large.</summary>
    public static bool IsLoad(LoadBin bin) => NumberRange.Holds(bin.Mean) && bin.Mean >= 0;

    /// <summary>Takes bins in, in any order; what is new goes before what was there. What is no load stays a gap.</summary>
    public LoadGrid Take(IEnumerable<LoadBin> bins)
    {
        var taken = bins.Where(IsLoad).OrderBy(bin => bin.At).ToList();
        if (taken.Count == 0)
        {
            return this;
        }

        var end = taken[^1].At + LoadBin.Length > End ? taken[^1].At + LoadBin.Length : End;
        var earliest = end - (BinsKept * LoadBin.Length);
        var first = Loads.Count > 0 && Start < taken[0].At ? Start : taken[0].At;
        first = first > earliest ? first : earliest;
        var loads = new double?[(int)((end - first).Ticks / LoadBin.Length.Ticks)];
        for (var index = 0; index < loads.Length; index++)
        {
            loads[index] = At(first + (index * LoadBin.Length));
        }

        foreach (var bin in taken.Where(bin => bin.At >= first))
        {
            loads[(int)((bin.At - first).Ticks / LoadBin.Length.Ticks)] = NumberRange.Of(bin.Mean);
        }

        return new LoadGrid
        {
            Start = first,
            Loads = loads,
            CappedAt = [.. CappedAt.Concat(taken.Where(bin => bin.IsCapped).Select(bin => bin.At)).Where(at => at >= first).Distinct().Order()],
        };
    }
}
