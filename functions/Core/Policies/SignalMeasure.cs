namespace ScaleFunctions.Core.Policies;

/// <summary>What the number of a signal is.</summary>
public enum SignalMeasure
{
    /// <summary>What one instance carries, on average or at most: compared with a target as it is.</summary>
    PerInstance,

    /// <summary>What all instances carry together: divided by them before it is compared with a target.</summary>
    Total,
}
