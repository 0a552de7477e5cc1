using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Assessments;

/// <summary>What the amounts of an assessment rest on.</summary>
/// <param name="Basis">The kind of price.</param>
/// <param name="From">The day of the oldest.</param>
/// <param name="To">The day of the newest.</param>
/// <param name="Count">How many resources are priced by it.</param>
public sealed record PriceGround(PriceBasis Basis, DateOnly From, DateOnly To, int Count);
