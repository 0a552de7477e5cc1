namespace ScaleFunctions.Core.Signals.Traces;

/// <summary>One line of a recording.</summary>
/// <param name="At">Start of the interval.</param>
/// <param name="Value">The load in it; finite.</param>
/// <param name="Line">Where it stands in the file.</param>
public readonly record struct TracePoint(DateTimeOffset At, double Value, int Line);
