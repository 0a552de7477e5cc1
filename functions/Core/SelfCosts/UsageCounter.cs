namespace ScaleFunctions.Core.SelfCosts;

/// <summary>Counts what this process uses, from any thread. Nothing depends on it: what is not kept in time is not in the statement.</summary>
public sealed class UsageCounter
{
    private readonly long[] _counts = new long[Enum.GetValues<UsageKind>().Length];

    public void Add(UsageKind kind, long count = 1) => Interlocked.Add(ref _counts[(int)kind], count);

    /// <summary>What was counted since it was last taken.</summary>
    public IReadOnlyDictionary<UsageKind, long> Take() => Enum.GetValues<UsageKind>()
        .Select(kind => (Kind: kind, Count: Interlocked.Exchange(ref _counts[(int)kind], 0)))
        .Where(each => each.Count != 0)
        .ToDictionary(each => each.Kind, each => each.Count);

    /// <summary>Gives back what could not be kept.</summary>
    public void Return(IReadOnlyDictionary<UsageKind, long> counts)
    {
        foreach (var (kind, count) in counts)
        {
            Add(kind, count);
        }
    }
}
