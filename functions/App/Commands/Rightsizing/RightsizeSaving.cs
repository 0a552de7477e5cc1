namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>What all findings of a currency save a month.</summary>
internal sealed record RightsizeSaving(decimal Low, decimal High, string Currency);
