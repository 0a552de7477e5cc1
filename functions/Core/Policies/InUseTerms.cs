namespace ScaleFunctions.Core.Policies;

/// <summary>What says that somebody works on a resource, so that it is not stopped yet.</summary>
/// <param name="Metric">Of the resource itself.</param>
/// <param name="Above">More than this in any minute says so, in the unit of the metric.</param>
/// <param name="Within">How far back is looked.</param>
public sealed record InUseTerms(SignalSource.Metric Metric, double Above, TimeSpan Within);
