using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>Whether a proposed lowering may be carried out now.</summary>
/// <param name="Target">The resource.</param>
/// <param name="IsPermitted">Whether it may.</param>
/// <param name="Why">Why not; empty when it may.</param>
public sealed record LoweringVerdict(TargetId Target, bool IsPermitted, string Why)
{
    /// <summary>Whether a person may let it be carried out all the same.</summary>
    public bool AwaitsApproval { get; init; }
}
