using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What was spent day by day in a period, as it is kept and shown.</summary>
/// <param name="At">When it was read.</param>
/// <param name="From">The first day, of UTC.</param>
/// <param name="Days">What each day cost from the first one on; the last one is the day of the reading, so far.</param>
/// <param name="BilledThrough">Days up to this one are as billed, those after it as counted and extrapolated; absent when nothing is billed.</param>
public sealed record SpendCourse(DateTimeOffset At, DateOnly From, IReadOnlyList<decimal> Days, DateOnly? BilledThrough)
{
    /// <summary>Nothing where spend is not known.</summary>
    internal static SpendCourse? Of(SpendReading reading, SpendPeriod period, DateTimeOffset at) => reading is SpendReading.Known known
        ? new SpendCourse(at, period.Start, [.. known.ByDay.Select(day => decimal.Round(day, 4))], known.BilledThrough)
        : null;
}
