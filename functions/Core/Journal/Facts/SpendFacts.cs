using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>That more is spent than usual, or no longer.</summary>
/// <param name="Anomaly">As it began.</param>
/// <param name="EndedAt">When it was over; absent where it begins.</param>
public sealed record SpendFacts(SpendAnomaly Anomaly, DateTimeOffset? EndedAt);
