using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Decisions.Budgets;

/// <summary>A resource as far as the reach of a ladder is concerned.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Minimum">Instances its policy wants at least.</param>
/// <param name="Maximum">Instances its policy allows at most.</param>
/// <param name="PerHour">What one instance costs an hour; absent when nobody knows, and then nothing is counted.</param>
public sealed record ReachMember(ObservedTarget Target, int Minimum, int Maximum, decimal? PerHour)
{
    /// <summary>
    /// What one instance would cost an hour on the size that a step would give it, by the step's name; what it costs now where it would
    /// get none. A step is absent when nobody knows, and then nothing is counted.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> Cheaper { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Whether it is not stopped, nor made cheaper, and keeps what its forecast needs.</summary>
    public bool IsCritical { get; init; }
}
