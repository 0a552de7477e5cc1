namespace ScaleFunctions.Core.Policies;

/// <summary>In which order a changed set of policies comes to count for all resources, and what stops it.</summary>
/// <param name="Rings">The first ones, in their order. After the last of them it counts for all.</param>
/// <param name="Criteria">When a ring does well.</param>
/// <param name="Source">Where they are declared.</param>
public sealed record PolicyRings(IReadOnlyList<PolicyRing> Rings, RingCriteria Criteria, PolicySource Source);
