namespace ScaleFunctions.Core.Notifications;

/// <summary>What an alert is worth: never an amount alone.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217 code, in capitals.</param>
/// <param name="Basis">What of, and by which prices, for people.</param>
/// <param name="AsOf">When it was known.</param>
public sealed record AlertMoney(decimal Amount, string Currency, string Basis, DateTimeOffset AsOf);
