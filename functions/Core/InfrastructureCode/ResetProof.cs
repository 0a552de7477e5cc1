namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>What tells that a capacity is set back.</summary>
public enum ResetProof
{
    /// <summary>The code says so.</summary>
    Code,

    /// <summary>A plan says that the next apply does.</summary>
    Plan,

    /// <summary>Terraform's state holds the count, and the code that could except it is not here.</summary>
    State,
}
