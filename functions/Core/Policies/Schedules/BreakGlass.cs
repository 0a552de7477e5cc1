namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>A freeze lifted in an emergency: by whom, why, and until when at the latest.</summary>
public sealed record BreakGlass(string By, string Reason, DateTimeOffset Until);
