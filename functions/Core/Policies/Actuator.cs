namespace ScaleFunctions.Core.Policies;

/// <summary>How counts of a workload are changed.</summary>
public enum Actuator
{
    /// <summary>Where Azure's own autoscale is on, by a floor under it; elsewhere directly. The default.</summary>
    Auto,

    /// <summary>The count itself is written, whoever else changes it.</summary>
    Direct,

    /// <summary>By a floor under Azure's own autoscale, and not at all where that is not on.</summary>
    Steer,
}
