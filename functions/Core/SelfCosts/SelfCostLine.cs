namespace ScaleFunctions.Core.SelfCosts;

/// <summary>One thing that is used.</summary>
/// <param name="Item">What, for people.</param>
/// <param name="Quantity">Units a month.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Basis">Where the quantity comes from.</param>
/// <param name="Amount">What it costs a month.</param>
public sealed record SelfCostLine(string Item, decimal Quantity, string Unit, string Basis, SelfAmount Amount);
