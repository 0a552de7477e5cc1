using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>A fleet whose next week is known: what it used in a week, and what it will use.</summary>
public sealed class SizedFleet
{
    private readonly Lazy<double[]> _sorted;

    public SizedFleet() => _sorted = new Lazy<double[]>(() => [.. Later!.Order()]);

    public required string Name { get; init; }

    public required FleetNow Now { get; init; }

    /// <summary>Cores of all instances in each minute of the week that was seen.</summary>
    public required IReadOnlyList<double> Seen { get; init; }

    /// <summary>The same of the week after.</summary>
    public required IReadOnlyList<double> Later { get; init; }

    /// <summary>The least that was enough for this share of the week after.</summary>
    public double LaterAt(double share) => _sorted.Value[Math.Min(Later.Count - 1, (int)Math.Ceiling(share * Later.Count) - 1)];

    /// <summary>GiB an instance takes by itself.</summary>
    public required double MemoryAtRest { get; init; }

    /// <summary>GiB for each core of load.</summary>
    public required double MemoryPerCore { get; init; }

    /// <summary>Share by which what an instance takes by itself grows in a week.</summary>
    public required double MemoryGrowth { get; init; }

    /// <summary>Whether all of it is paid in advance for longer than anybody looks ahead.</summary>
    public required bool IsCommitted { get; init; }

    /// <summary>GiB of an instance in a minute of the week seen.</summary>
    public double MemorySeen(int minute) => Memory(Seen[minute], Now.Instances, (double)minute / Seen.Count);

    /// <summary>The most an instance takes in the week after, if there were so many.</summary>
    public double MemoryLater(int instances) => Later.Index().Max(each => Memory(each.Item, instances, 1 + ((double)each.Index / Later.Count)));

    private double Memory(double cores, int instances, double weeks) =>
        (MemoryAtRest * (1 + (MemoryGrowth * weeks))) + (MemoryPerCore * cores / instances);
}
