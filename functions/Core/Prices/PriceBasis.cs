namespace ScaleFunctions.Core.Prices;

/// <summary>What a price is: two of different kinds are told apart wherever they are shown.</summary>
public enum PriceBasis
{
    /// <summary>Written down by the owner, in guardrails.</summary>
    Declared,

    /// <summary>Azure's published price for paying as one goes, without any discount.</summary>
    Retail,
}
