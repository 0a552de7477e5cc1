using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>A change of the size worth making. The count stays: a size never takes instances away.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Change">From what to what.</param>
/// <param name="Instances">How many there were when it was planned; the write is dropped when a fresh read says otherwise.</param>
/// <param name="ExpiresAt">When it is void.</param>
/// <param name="Decision">Why.</param>
/// <param name="Terms">How it is brought to the instances.</param>
/// <param name="UnhealthyBefore">Instances that were not well before it, which proves nothing against it.</param>
public sealed record SizePlan(
    TargetId Target, SizeChange Change, int Instances, DateTimeOffset ExpiresAt, SizeDecision Decision, RollOutTerms Terms, int UnhealthyBefore)
{
    /// <summary>Whether it is a machine that has to be stopped for it.</summary>
    public bool IsByStopping { get; init; }

    /// <summary>The hour in which it is looked at again; absent where that is not known.</summary>
    public PeakHour? Peak { get; init; }
}
