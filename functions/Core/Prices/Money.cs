namespace ScaleFunctions.Core.Prices;

/// <summary>An amount, never without its currency. Amounts of two currencies are not added: nothing here knows an exchange rate.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217 code, in capitals.</param>
public sealed record Money(decimal Amount, string Currency);
