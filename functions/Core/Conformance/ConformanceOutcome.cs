namespace ScaleFunctions.Core.Conformance;

/// <summary>How two Azures compare in a point.</summary>
public enum ConformanceOutcome
{
    Matched,
    Differs,
    NeverTried,
}
