namespace ScaleFunctions.Core.Backtests;

/// <summary>A recorded load brought to one-minute steps and to a size in instances, as the protocol wants it.</summary>
public sealed class DemandSeries
{
    // A fleet that starts out at 60 % CPU has room for the minutes before anybody is asked.
    private const double FirstUtilization = 0.75;
    private const int LeastMaximum = 10;

    private readonly double[] _demand;
    private readonly int[] _needed;

    private DemandSeries(string name, double[] demand, int scoredFrom, double meanInstances)
    {
        Name = name;
        _demand = demand;
        _needed = [.. demand.Select(ScalingProtocol.InstancesFor)];
        ScoredFrom = scoredFrom;
        MeanInstances = meanInstances;
        Peak = _needed.AsSpan(scoredFrom).ToArray().Max();
        MaximumInstances = Math.Max(LeastMaximum, (int)(_needed.Max() * 1.5) + 2);
        FirstInstances = Math.Max(1, (int)Math.Ceiling(demand[0] / FirstUtilization));
    }

    public string Name { get; }

    /// <summary>When the first minute begins, for policies that go by the clock.</summary>
    public DateTimeOffset Start { get; private init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Mean demand over the scored minutes.</summary>
    public double MeanInstances { get; }

    /// <summary>Demand of each minute, in instances.</summary>
    public ReadOnlySpan<double> Demand => _demand;

    /// <summary>Whole instances that each minute needs.</summary>
    public ReadOnlySpan<int> Needed => _needed;

    public int Minutes => _demand.Length;

    /// <summary>Index of the first minute that is scored; those before it are warm-up.</summary>
    public int ScoredFrom { get; }

    public double ScoredDays => (double)(Minutes - ScoredFrom) / ScalingProtocol.MinutesPerDay;

    /// <summary>Most instances any scored minute needs.</summary>
    public int Peak { get; }

    /// <summary>Upper bound of the fleet.</summary>
    public int MaximumInstances { get; }

    /// <summary>Instances that are ready at the start.</summary>
    public int FirstInstances { get; }

    /// <summary>A demand that is counted in instances already.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="demand">Instances needed at full load, a value a minute; finite and not negative.</param>
    /// <param name="scoredFrom">Index of the first minute that is scored.</param>
    public static DemandSeries Of(string name, double[] demand, int scoredFrom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scoredFrom);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(scoredFrom, demand.Length);
        return Array.TrueForAll(demand, each => double.IsFinite(each) && each >= 0)
            ? new DemandSeries(name, demand, scoredFrom, demand.AsSpan(scoredFrom).ToArray().Average())
            : throw new ArgumentOutOfRangeException(nameof(demand), "a demand is a finite number and not negative");
    }

    /// <summary>Scales a load of one-minute steps so that the scored minutes need a mean number of instances.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="load">A value a minute, in any unit; negative values count as none.</param>
    /// <param name="meanInstances">Mean demand over the scored minutes.</param>
    /// <param name="start">When the first minute of the load begins.</param>
    /// <exception cref="FormatException">The load is too short, or none in the scored minutes.</exception>
    public static DemandSeries Scale(string name, ReadOnlySpan<double> load, double meanInstances, DateTimeOffset? start = null)
    {
        if (!double.IsFinite(meanInstances) || meanInstances <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(meanInstances), meanInstances, "the mean is a positive number of instances");
        }

        var used = load[Math.Max(0, load.Length - (ScalingProtocol.LongestDays * ScalingProtocol.MinutesPerDay))..];
        var days = (double)used.Length / ScalingProtocol.MinutesPerDay;
        var scoredFrom = ScalingProtocol.WarmUpDaysOf(days) * ScalingProtocol.MinutesPerDay;
        if (used.Length < scoredFrom + ScalingProtocol.MinutesPerDay)
        {
            throw new FormatException($"{days:0.#} days of load; expected at least {(scoredFrom / ScalingProtocol.MinutesPerDay) + 1}: a week to warm up and a day to score");
        }

        var demand = new double[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            demand[i] = Math.Max(used[i], 0);
        }

        var mean = demand.AsSpan(scoredFrom).ToArray().Average();
        if (mean <= 0)
        {
            throw new FormatException("no load in the days that are scored; expected at least one positive value there");
        }

        for (var i = 0; i < demand.Length; i++)
        {
            demand[i] = demand[i] / mean * meanInstances;
        }

        return new DemandSeries(name, demand, scoredFrom, meanInstances) { Start = (start ?? DateTimeOffset.UnixEpoch).AddMinutes(load.Length - used.Length) };
    }
}
