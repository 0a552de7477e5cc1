namespace ScaleFunctions.App.Hosting;

/// <summary>How a kept set of policies stands.</summary>
internal enum PolicySetStatus
{
    /// <summary>It is what decides.</summary>
    InForce,

    /// <summary>It would govern far less than the one in force, and waits for a person or for an hour.</summary>
    Waiting,

    /// <summary>It decides for the rings that it has reached, and goes on to the others.</summary>
    RollingOut,

    /// <summary>Its rollout was halted; it decides for nobody.</summary>
    Halted,

    /// <summary>It may be compared and chosen.</summary>
    Kept,
}
