namespace ScaleFunctions.Core.State;

/// <summary>What a person answered to a request.</summary>
/// <param name="IsApproved">Whether yes.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="IsBreakGlass">Whether somebody approved what was asked for by the same person.</param>
public sealed record ApprovalAnswer(bool IsApproved, string By, string Reason, DateTimeOffset At, bool IsBreakGlass);
