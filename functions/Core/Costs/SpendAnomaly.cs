namespace ScaleFunctions.Core.Costs;

/// <summary>That more is spent an hour than at this hour of other days, from when it was seen until it is over.</summary>
/// <param name="Name">Of the scope, as the policy calls it.</param>
/// <param name="Since">When it was seen first.</param>
/// <param name="PerHour">What was spent an hour then.</param>
/// <param name="UsualPerHour">What was spent in this hour of other days, on their median.</param>
/// <param name="MostPerHour">Up to what it would have been no anomaly.</param>
/// <param name="Currency">ISO 4217 code of all amounts.</param>
/// <param name="Causes">The largest, largest first.</param>
public sealed record SpendAnomaly(
    string Name, DateTimeOffset Since, decimal PerHour, decimal UsualPerHour, decimal MostPerHour, string Currency, IReadOnlyList<SpendCause> Causes);
