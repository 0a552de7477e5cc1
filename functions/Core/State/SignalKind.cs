namespace ScaleFunctions.Core.State;

/// <summary>Where the numbers of a signal come from.</summary>
public enum SignalKind
{
    Metric,

    Formula,

    Queue,

    Query,
}
