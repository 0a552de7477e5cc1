namespace ScaleFunctions.Core.Costs;

/// <summary>A look at all resources of a subscription.</summary>
/// <param name="At">When.</param>
/// <param name="IsComplete">Whether what is missing is gone; else it may only have been unreadable.</param>
/// <param name="Resources">By id in lower case.</param>
public sealed record SpendLook(DateTimeOffset At, bool IsComplete, IReadOnlyDictionary<string, SeenResource> Resources);
