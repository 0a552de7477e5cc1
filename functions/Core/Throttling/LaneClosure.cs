namespace ScaleFunctions.Core.Throttling;

/// <summary>That Azure told a worker to leave a lane alone, which holds for all workers.</summary>
/// <param name="Lane">Key of the lane.</param>
/// <param name="Until">Until when.</param>
/// <param name="Reason">What the answer said.</param>
public sealed record LaneClosure(string Lane, DateTimeOffset Until, string Reason);
