namespace ScaleFunctions.Core.Policies;

/// <summary>How likely it is that a change of size or count turns out too small.</summary>
public enum RiskLevel
{
    Low,

    /// <summary>One thing speaks for care.</summary>
    Medium,

    /// <summary>More than one.</summary>
    High,
}
