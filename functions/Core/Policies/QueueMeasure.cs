namespace ScaleFunctions.Core.Policies;

/// <summary>What of a queue is read.</summary>
public enum QueueMeasure
{
    /// <summary>How many messages wait.</summary>
    Length,

    /// <summary>How long the oldest message has waited.</summary>
    Age,
}
