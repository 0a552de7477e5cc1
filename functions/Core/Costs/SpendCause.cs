namespace ScaleFunctions.Core.Costs;

/// <summary>What more is spent for than at this hour of other days.</summary>
/// <param name="Resource">Id in lower case.</param>
/// <param name="PerHour">How much more, an hour.</param>
/// <param name="What">What changed, and who changed it, for people; that nobody knows is said.</param>
public sealed record SpendCause(string Resource, decimal PerHour, string What);
