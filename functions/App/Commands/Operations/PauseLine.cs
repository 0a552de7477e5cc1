namespace ScaleFunctions.App.Commands.Operations;

/// <summary>How a target's pause stands.</summary>
internal sealed record PauseLine(string Target, bool IsPaused, string By, string Reason, DateTimeOffset? Until);
