using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>A resource and what is said of its size.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Verdict">What is said.</param>
/// <param name="At">When.</param>
/// <param name="Policy">Whose terms were taken.</param>
public sealed record RightsizingFinding(ObservedTarget Target, RightsizingVerdict Verdict, DateTimeOffset At, ResourceRightsizingPolicy Policy)
{
    /// <summary>What was measured; absent when it was not judged.</summary>
    public FleetDemand? Demand { get; init; }

    /// <summary>What that comes to on what there is; absent when it was not judged.</summary>
    public FitFigures? Fit { get; init; }

    /// <summary>Whether somebody scales its count by the load.</summary>
    public bool FollowsLoad { get; init; }

    /// <summary>Why it is told only, for people; null where it is carried out in the window.</summary>
    public string? WhyNotActed { get; init; } = "no policy asks for more";
}
