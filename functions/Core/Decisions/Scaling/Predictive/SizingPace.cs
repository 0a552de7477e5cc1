namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>How fast a fleet follows what is wished: the calmer, the fewer changes and the higher the bill.</summary>
/// <param name="HoldMinutes">The highest wish of this many minutes decides what may be given back.</param>
/// <param name="LeastGap">Least share of the fleet that is given back at once.</param>
/// <param name="Headroom">Share of the wish that is added to it when going out, so that the next rise finds room.</param>
public sealed record SizingPace(int HoldMinutes, double LeastGap = 0, double Headroom = 0)
{
    /// <summary>
    /// Gives back what has not been wished for five minutes, the boot time and one more: an instance that would be asked
    /// for again within its boot time is cheaper to keep.
    /// </summary>
    public static SizingPace Swift { get; } = new(5);

    /// <summary>From following every minute to a few changes a day.</summary>
    public static IReadOnlyList<SizingPace> SwiftToStill { get; } =
    [
        Swift, new(10), new(15, 0.03), new(30, 0.03), new(60, 0.05), new(60, 0.05, 0.05), new(120, 0.08, 0.05), new(240, 0.10, 0.10),
    ];

    /// <summary>The next count of a fleet.</summary>
    /// <param name="capacity">Instances it has, serving or booting.</param>
    /// <param name="wish">What is wished now.</param>
    /// <param name="highest">The highest wish of the hold, this one included.</param>
    public int Next(int capacity, int wish, int highest) =>
        wish > capacity ? wish + (int)(Headroom * wish)
        : capacity - highest >= Math.Max(1, LeastGap * capacity) ? highest
        : capacity;
}
