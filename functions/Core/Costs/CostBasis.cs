namespace ScaleFunctions.Core.Costs;

/// <summary>What amounts are told as.</summary>
public enum CostBasis
{
    /// <summary>As prices have it: what is counted is not corrected by bills.</summary>
    Retail,

    /// <summary>As it is billed, discounts of the agreement included.</summary>
    Negotiated,

    /// <summary>As it is billed, with reservations spread over what uses them.</summary>
    Amortised,
}
