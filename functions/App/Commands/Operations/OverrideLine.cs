namespace ScaleFunctions.App.Commands.Operations;

/// <summary>How a target's override stands.</summary>
internal sealed record OverrideLine(
    string Target, bool IsSet, int? Minimum, int? Maximum, string By, string Reason, DateTimeOffset? Until);
