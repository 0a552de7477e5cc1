namespace ScaleFunctions.Core.Backtests.Sizing;

/// <summary>A rule that recommends sizes.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Choose">What it recommends for a fleet by the week it saw; null to leave it.</param>
public sealed record SizingRule(string Name, Func<SizedFleet, SizingChoice?> Choose);
