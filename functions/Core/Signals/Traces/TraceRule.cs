namespace ScaleFunctions.Core.Signals.Traces;

/// <summary>What the values of a recording may be.</summary>
public enum TraceRule
{
    /// <summary>Demand to replay: each value is there and not negative.</summary>
    Demand,

    /// <summary>Anything measured: values may be negative, and a line without one (empty or NaN) is a gap.</summary>
    Measured,
}
