using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>A resource as far as the reach of a ladder is concerned.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Minimum">Instances its policy wants at least.</param>
/// <param name="Maximum">Instances its policy allows at most.</param>
/// <param name="PerHour">What one instance costs an hour; absent when nobody knows, and then nothing is counted.</param>
public sealed record ReachMember(ObservedTarget Target, int Minimum, int Maximum, decimal? PerHour)
{
    /// <summary>Whether it is not stopped, and keeps what its forecast needs.</summary>
    public bool IsCritical { get; init; }
}
