namespace ScaleFunctions.Core.Costs;

/// <summary>What amounts are told as.</summary>
public enum CostBasis
{
    /// <summary>What is not billed yet is told at the prices, not corrected by bills.</summary>
    Retail,

    /// <summary>As it is billed, discounts of the agreement included.</summary>
    Negotiated,

    /// <summary>As it is billed, with reservations spread over what uses them.</summary>
    Amortised,
}
