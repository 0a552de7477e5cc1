namespace ScaleFunctions.App.Commands.Operations;

/// <summary>How the kill switch stands.</summary>
internal sealed record KillSwitchLine(bool IsSet, string By, string Reason, DateTimeOffset? At);
