namespace ScaleFunctions.Core.Autoscale;

/// <summary>Why a run of Azure's engine changed the count, or did not.</summary>
public enum AutoscaleCase
{
    /// <summary>The setting is switched off.</summary>
    Disabled,

    /// <summary>No profile holds now.</summary>
    NoProfile,

    /// <summary>Fewer instances than the minimum, or more than the maximum: brought back at once.</summary>
    OutOfBounds,

    /// <summary>A metric cannot be read, and there are fewer than the default.</summary>
    RaisedToDefault,

    /// <summary>The cooldown of the rule that fired last is not over.</summary>
    CoolingDown,

    ScaledOut,

    ScaledIn,

    /// <summary>Scaled in, but less far than the rules said: further would have called for a scale-out.</summary>
    ScaledInLess,

    /// <summary>Not scaled in: even one instance fewer would have called for a scale-out.</summary>
    Flapping,

    /// <summary>No rule asks for a change that the bounds allow.</summary>
    Unchanged,
}
