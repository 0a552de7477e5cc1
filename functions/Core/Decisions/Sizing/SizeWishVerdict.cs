namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>What the planner of fleets came to.</summary>
public enum SizeWishVerdict
{
    /// <summary>What it must know is not known: one step on the ladder is what can be said.</summary>
    Unknown,

    /// <summary>Nothing on the ladder is worth a change.</summary>
    Keep,

    Change,
}
