namespace ScaleFunctions.Core.Cycle;

/// <summary>The queues there are.</summary>
public enum WorkKind
{
    /// <summary>Evaluate a batch of targets.</summary>
    Evaluate,

    /// <summary>Look at how an action went.</summary>
    Verify,

    /// <summary>Look at a budget.</summary>
    Budget,
}
