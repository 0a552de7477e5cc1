using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Asks for a look at how the last action on a target went.</summary>
public sealed record VerifyRequest(TargetId Target);
