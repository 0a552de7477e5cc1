namespace ScaleFunctions.App.Local;

/// <summary>One target on the status page.</summary>
internal sealed record LocalTargetStatus(string Target, int Current, int Goal, string LastReason, DateTimeOffset At);
