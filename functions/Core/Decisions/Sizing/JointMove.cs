using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>
/// A size that comes once there are enough instances for it: until then, and until the size is with all of them, their number is the
/// least there may be. Part of the target's row.
/// </summary>
/// <param name="Size">The size.</param>
/// <param name="Instances">How many there must be.</param>
/// <param name="Until">When the instances are let go again if the size did not come.</param>
public sealed record JointMove(string Size, int Instances, DateTimeOffset Until)
{
    /// <summary>Instances boot in minutes; what was not to be had in so long is not waited and paid for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Whether its instances are kept.</summary>
    public bool Holds(string? rollsOut, DateTimeOffset now) => now < Until || string.Equals(Size, rollsOut, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bounds of a count while it holds. The maximum is not moved by it.</summary>
    public HorizontalScalingPolicy Bound(HorizontalScalingPolicy policy) =>
        policy.Minimum >= Instances ? policy : policy with { Minimum = Math.Min(Instances, policy.Maximum) };
}
