using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.State;

/// <summary>That somebody is about to lower a target by hand: counted by all who would do the same before any of it is in a row.</summary>
/// <param name="Target">The key of the target.</param>
/// <param name="At">When.</param>
public sealed record LoweringClaim(string Target, DateTimeOffset At)
{
    /// <summary>Those of a row that count still, and one more.</summary>
    /// <param name="row">The fleet's row.</param>
    /// <param name="target">The target about to be lowered.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">The time between ticks, for which a claim counts.</param>
    public static FleetRow Add(FleetRow row, TargetId target, DateTimeOffset now, TimeSpan interval) => row with
    {
        LoweringClaims = [.. Standing(row, now, interval).Where(claim => claim.Target != target.Key), new LoweringClaim(target.Key, now)],
    };

    /// <summary>Those that count still.</summary>
    public static IEnumerable<LoweringClaim> Standing(FleetRow row, DateTimeOffset now, TimeSpan interval) =>
        row.LoweringClaims.Where(claim => claim.At > now - interval);
}
