namespace ScaleFunctions.App.Commands.Operations;

/// <summary>How a target's snooze stands.</summary>
internal sealed record SnoozeLine(string Target, bool IsSnoozed, string By, string Reason, DateTimeOffset? Until);
