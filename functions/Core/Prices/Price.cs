namespace ScaleFunctions.Core.Prices;

/// <summary>What one instance costs an hour.</summary>
/// <param name="PerHour">The amount for an hour; above zero.</param>
/// <param name="Basis">What kind of price it is.</param>
/// <param name="AsOf">The day it was read, or of which it was declared.</param>
/// <param name="Meter">What is billed, for people: <c>Virtual Machines Dsv5 Series, D4s v5</c>; empty when it was declared.</param>
public sealed record Price(Money PerHour, PriceBasis Basis, DateOnly AsOf, string Meter);
