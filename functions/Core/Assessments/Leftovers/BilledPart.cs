using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Assessments.Leftovers;

/// <summary>So much of something that has a price.</summary>
/// <param name="Query">What is asked for.</param>
/// <param name="Units">Instances, or gigabytes of a snapshot.</param>
public sealed record BilledPart(PriceQuery Query, decimal Units);
