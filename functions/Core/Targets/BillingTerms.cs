namespace ScaleFunctions.Core.Targets;

/// <summary>What a resource's size and region do not tell of its price.</summary>
/// <param name="System">What runs on it.</param>
/// <param name="IsSpot">Whether it runs on capacity that Azure may take back, at a price that changes.</param>
/// <param name="BringsLicense">Whether its licence is paid for elsewhere (hybrid benefit), so that it costs as without one.</param>
public sealed record BillingTerms(BilledSystem System, bool IsSpot = false, bool BringsLicense = false);
