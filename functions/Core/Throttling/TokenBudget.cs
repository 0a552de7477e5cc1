namespace ScaleFunctions.Core.Throttling;

/// <summary>
/// Our own count of a token bucket of Azure's: what is left of it and how fast it fills. It is corrected by what answers tell,
/// and shared by the workers that live: each takes its part of the whole.
/// </summary>
/// <remarks>
/// How fast it fills is not told, only what is left; and others with our identity take of it, too. A refusal that finds it empty
/// says that less flows in for us than is documented: the rate counted on is halved, and comes back within minutes.
/// Resource Manager's buckets hold 250 reads and fill by 25 a second, 200 writes and 10 a second, for each subscription and
/// principal (learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling).
/// </remarks>
/// <param name="Capacity">Tokens the whole bucket holds.</param>
/// <param name="RefillPerSecond">Tokens that flow into the whole bucket each second.</param>
/// <param name="Tokens">Tokens left to this worker; below zero when some are promised already.</param>
/// <param name="At">When that was.</param>
/// <param name="Workers">Workers that share the bucket, at least one.</param>
public sealed record TokenBudget(double Capacity, double RefillPerSecond, double Tokens, DateTimeOffset At, int Workers = 1)
{
    /// <summary>Part of the documented rate that is always counted on: a bucket is asked often enough to notice that it fills again.</summary>
    private const double LeastRate = 0.1;

    private static readonly TimeSpan RateDoublesIn = TimeSpan.FromMinutes(2);

    /// <summary>Tokens a second that are counted on, at most <see cref="RefillPerSecond"/>.</summary>
    public double Rate { get; init; } = RefillPerSecond;

    public static TokenBudget Reads(DateTimeOffset now) => new(250, 25, 250, now);

    public static TokenBudget Writes(DateTimeOffset now) => new(200, 10, 200, now);

    /// <summary>Promises a token.</summary>
    /// <returns>The budget without it, and how long until it is there.</returns>
    public (TokenBudget Left, TimeSpan Wait) Reserve(DateTimeOffset now)
    {
        var filled = Filled(now);
        var left = filled with { Tokens = filled.Tokens - 1 };
        return (left, left.Tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-left.Tokens * Workers / left.Rate));
    }

    /// <summary>Takes back a promise that was not made use of.</summary>
    public TokenBudget Return() => this with { Tokens = Tokens + 1 };

    /// <summary>What an answer tells of the whole bucket holds, less what is under way and was not counted in it.</summary>
    /// <param name="remaining">Tokens left, as the answer says.</param>
    /// <param name="underWay">Our requests that have no answer yet, and promises.</param>
    /// <param name="now">When the answer came.</param>
    public TokenBudget Told(int remaining, int underWay, DateTimeOffset now) => Filled(now) with
    {
        // Azure's limits may be larger than those published; they are never taken to be smaller for one low reading.
        Capacity = Math.Max(Capacity, remaining),
        Tokens = ((double)Math.Max(0, remaining) / Workers) - underWay,
    };

    /// <summary>A request was refused because the bucket is empty, when this budget had promised it a token.</summary>
    public TokenBudget Refused(DateTimeOffset now)
    {
        var filled = Filled(now);
        return filled with { Rate = Math.Max(RefillPerSecond * LeastRate, filled.Rate / 2) };
    }

    /// <summary>The part of this worker when so many share the bucket.</summary>
    public TokenBudget SharedBy(int workers, DateTimeOffset now)
    {
        var filled = Filled(now);
        return filled with { Workers = workers, Tokens = Math.Min(filled.Tokens, filled.Capacity / workers) };
    }

    private TokenBudget Filled(DateTimeOffset now) => now <= At ? this : this with
    {
        Tokens = Math.Max(Tokens, Math.Min(Capacity / Workers, Tokens + ((now - At).TotalSeconds * Rate / Workers))),
        Rate = Math.Min(RefillPerSecond, Rate * Math.Pow(2, (now - At) / RateDoublesIn)),
        At = now,
    };
}
