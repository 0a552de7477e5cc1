namespace ScaleFunctions.Sandbox.Billing;

/// <summary>A charge as the bill shows it at a time.</summary>
/// <param name="Charge">What it is for.</param>
/// <param name="Amount">In the currency of the bill.</param>
/// <param name="Dollars">The same in USD.</param>
/// <param name="Quantity">Units of the meter.</param>
internal sealed record BillRow(DayCharge Charge, decimal Amount, decimal Dollars, decimal Quantity);
