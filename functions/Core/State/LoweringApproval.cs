namespace ScaleFunctions.Core.State;

/// <summary>A person lets lowerings beyond the cap be made, spread over ticks, for a while.</summary>
public sealed record LoweringApproval(string By, string Reason, DateTimeOffset Until);
