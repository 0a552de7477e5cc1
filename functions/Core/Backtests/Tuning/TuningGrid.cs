using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests.Tuning;

/// <summary>
/// What is tried: every combination of a few values of what matters most. The target says how much room there is, the
/// stabilization how soon it is given back, the tolerance how often anything is changed at all.
/// </summary>
public sealed record TuningGrid
{
    /// <summary>More than these would say little more and take minutes.</summary>
    public const int MostPoints = 200;

    private const int LargestShare = 100;

    private static readonly double[] Shares = [0.6, 0.8, 1.2, 1.4];

    public IReadOnlyList<double> Targets { get; init; } = [];

    public IReadOnlyList<TimeSpan> Stabilizations { get; init; } = [];

    public IReadOnlyList<double> Tolerances { get; init; } = [];

    public IReadOnlyList<int> Minimums { get; init; } = [];

    public int Count => Size(Targets) * Size(Stabilizations) * Size(Tolerances) * Size(Minimums);

    /// <summary>
    /// What is tried when nothing else is said, with what the policies say now among it. Of a percentage 40 to 80; of anything
    /// else 60 to 140 % of the present target.
    /// </summary>
    /// <param name="policies">As they are.</param>
    /// <param name="tracked">The entry of target tracking that is tuned; absent when steps alone follow the load.</param>
    /// <param name="isPercentage">Whether its signal ends at 100.</param>
    public static TuningGrid Usual(TargetPolicies.Resolved policies, TargetTrackingPolicy? tracked, bool isPercentage) => new()
    {
        Targets = tracked is null ? [] : With(tracked.Target, isPercentage ? [40, 50, 60, 70, 80] : [.. Shares.Select(share => share * tracked.Target)]),
        Tolerances = tracked is null ? [] : With(tracked.ToleranceOut, [0.05, 0.1, 0.2]),
        Stabilizations = With(policies.Horizontal.ScaleIn.Stabilization, [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)]),
    };

    /// <summary>Every combination.</summary>
    public IReadOnlyList<TuningPoint> Points() =>
    [
        .. from target in Each(Targets)
           from stabilization in Each(Stabilizations)
           from tolerance in Each(Tolerances)
           from minimum in Each(Minimums)
           select new TuningPoint(target, stabilization, tolerance, minimum),
    ];

    /// <summary>Why the policies cannot have these values; nothing when they can.</summary>
    public string? WhyNot(TargetPolicies.Resolved policies) =>
        Count > MostPoints ? $"{Count} combinations; expected at most {MostPoints}"
        : Targets.Any(target => target is not (> 0 and <= LoadBasedScalingBinding.MaximumTarget)) ? "a target is not above 0"
        : Tolerances.Any(tolerance => tolerance is not (>= 0 and < 1)) ? $"a tolerance is not between 0 and {LargestShare} %"
        : Minimums.Any(minimum => minimum < 1 || minimum > policies.Horizontal.Maximum) ? $"a minimum is not between 1 and the maximum of {policies.Horizontal.Maximum}"
        : null;

    private static int Size<T>(IReadOnlyList<T> values) => Math.Max(1, values.Count);

    private static IEnumerable<T?> Each<T>(IReadOnlyList<T> values)
        where T : struct => values.Count == 0 ? [null] : values.Select(value => (T?)value);

    private static IReadOnlyList<T> With<T>(T own, IReadOnlyList<T> others) => [.. others.Append(own).Distinct().Order()];
}
