namespace ScaleFunctions.Core.Backtests;

/// <summary>How long a guard held changes back.</summary>
public sealed record HeldMinutes(string Guard, int Minutes);
