using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>
/// How many instances there must be before a size changes, so that at every moment until it is done those that run have as many cores
/// as now: the count is what the rules of the load hold, with their headroom.
/// </summary>
/// <example>
/// From 4 to 2 cores, 6 instances, a fifth at a time: 12 would do at the end, and of 15 a batch of 3 may be down while the others have
/// 2 cores each: 24. From 4 to 8 cores 8 are needed, of which the first batch of 1 is down: 28.
/// </example>
public static class StrengthKept
{
    /// <param name="instances">How many there are.</param>
    /// <param name="now">Their size.</param>
    /// <param name="then">The size they shall have.</param>
    /// <param name="batch">Share of them that is down at a time.</param>
    public static int Count(int instances, SizeOffer now, SizeOffer then, double batch)
    {
        var needed = (int)Math.Ceiling((double)instances * now.Cores / Math.Min(now.Cores, then.Cores));
        var count = needed + 1;
        while (count - Down(count, batch) < needed && count < needed * 10)
        {
            count++;
        }

        return count;
    }

    /// <summary>Instances of a batch: one at least.</summary>
    public static int Down(int instances, double batch) => Math.Max(1, (int)Math.Floor(batch * instances));
}
