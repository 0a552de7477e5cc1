using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks for a look at how the last action on a target went.</summary>
public sealed record VerifyRequest(TargetId Target)
{
    /// <summary>The span that acted, as W3C Trace Context writes it; absent when nobody traces.</summary>
    public string? TraceParent { get; init; }
}
