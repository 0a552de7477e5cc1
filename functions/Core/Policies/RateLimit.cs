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
}
