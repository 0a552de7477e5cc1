using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>When sizes may be changed.</summary>
/// <param name="When">The window.</param>
/// <param name="HoldsUp">Whether a bigger size waits for it, too.</param>
public sealed record SizeWindow(ZonedWindow When, bool HoldsUp);
