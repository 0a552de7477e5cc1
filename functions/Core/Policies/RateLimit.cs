namespace ScaleFunctions.Core.Policies;

/// <summary>
/// Largest change of the instance count within <see cref="Per"/>, as a share of the count at the start of the period,
/// a number of instances, or the larger or smaller of both. At least one of them is given.
/// </summary>
public sealed record RateLimit
{
    /// <summary>Percent of the count at the start of the period.</summary>
    public double? Percent { get; init; }

    public int? Instances { get; init; }

    public RateChoice Choose { get; init; } = RateChoice.Larger;

    public TimeSpan Per { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest change from a count. A share is rounded up, so that 10 % of 8 instances still lets one move.</summary>
    public int Allowed(long start)
    {
        var share = Percent is { } percent ? (int)Math.Ceiling((Math.Max(1, start) * percent / 100) - 1e-9) : (int?)null;
        return (share, Instances) switch
        {
            ({ } some, { } count) => Choose == RateChoice.Larger ? Math.Max(some, count) : Math.Min(some, count),
            ({ } some, null) => some,
            (null, { } count) => count,
            _ => int.MaxValue,
        };
    }
}
