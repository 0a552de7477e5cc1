using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What a plan of size and count has to fulfil.</summary>
public sealed record PlanningTerms
{
    /// <summary>Azure's bills count so many hours a month.</summary>
    public const int HoursPerMonth = 730;

    public Headroom Headroom { get; init; } = Headroom.Balanced;

    /// <summary>What may be lost while the load is still carried.</summary>
    public LossToSurvive Loss { get; init; } = LossToSurvive.Instance;

    public int Least { get; init; } = 1;

    public int Most { get; init; } = HorizontalScalingPolicy.MostInstances;

    /// <summary>Whether somebody scales its count by the load: then another size changes how many there are at any time, and nobody gains by fewer.</summary>
    public bool FollowsLoad { get; init; }

    public SizeSelection Candidates { get; init; } = SizeSelection.SameFamily;

    /// <summary>Time from a restart until an instance serves; it is paid for and does nothing.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Share of such changes that go wrong and are taken back, with a week of history.</summary>
    public double ErrorRisk { get; init; } = 0.05;

    /// <summary>A change that saves a smaller share of what the resource costs is not recommended.</summary>
    public double LeastShare { get; init; } = 0.05;

    /// <summary>Nor one that saves less a month, in the currency of the prices.</summary>
    public decimal LeastPerMonth { get; init; }
}
