namespace ScaleFunctions.Core.Costs;

/// <summary>
/// What a bill said of what was counted: billed ÷ counted, over days of which both are whole. A discount, a reservation or hybrid
/// benefit makes it less than 1, traffic and licences on the same resource more.
/// </summary>
/// <remarks>
/// A few days prove little, so it is drawn towards 1 as if two days had been billed as counted: (billed + 2 c) ÷ (counted + 2 c), where c
/// is what was counted a day. Three days at half the price make 0.7, fourteen 0.5625.
/// </remarks>
public sealed record BillCorrection
{
    public static BillCorrection None { get; } = new() { OfScope = 1, ByResource = new Dictionary<string, decimal>() };

    /// <summary>Days that are taken to have been billed as counted.</summary>
    public const int DaysTowardsOne = 2;

    /// <summary>Of one that is paid in advance nearly nothing is billed; beyond three times it is not the same thing that is counted.</summary>
    public const decimal Least = 0.05m;

    public const decimal Most = 3;

    /// <summary>For what has no whole day yet.</summary>
    public required decimal OfScope { get; init; }

    /// <summary>By id in lower case.</summary>
    public required IReadOnlyDictionary<string, decimal> ByResource { get; init; }

    public decimal For(string resource) => ByResource.GetValueOrDefault(resource, OfScope);

    /// <summary>Learns it.</summary>
    /// <param name="counted">Days in the currency of the bill.</param>
    /// <param name="billed">The bill.</param>
    /// <param name="through">The last day of which it is whole.</param>
    public static BillCorrection Learn(IEnumerable<SpendDay> counted, IEnumerable<BilledDay> billed, DateOnly through)
    {
        var bill = billed.GroupBy(row => (row.Day, row.Resource)).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
        var pairs = counted.Where(day => day.IsWhole && day.Day <= through)
            .SelectMany(day => day.Rows.Where(row => row.Uncovered == TimeSpan.Zero && row.Amount > 0)
                .Select(row => (row.Resource, day.Day, Counted: row.Amount, Billed: bill.GetValueOrDefault((day.Day, row.Resource)))))
            .ToList();
        return pairs.Count == 0 ? None : new BillCorrection
        {
            OfScope = Ratio(pairs.Sum(pair => pair.Counted), pairs.Sum(pair => pair.Billed), pairs.Select(pair => pair.Day).Distinct().Count()),
            ByResource = pairs.GroupBy(pair => pair.Resource).ToDictionary(
                group => group.Key, group => Ratio(group.Sum(pair => pair.Counted), group.Sum(pair => pair.Billed), group.Count())),
        };
    }

    private static decimal Ratio(decimal counted, decimal billed, int days)
    {
        var drawn = DaysTowardsOne * counted / days;
        return Math.Clamp(decimal.Round((billed + drawn) / (counted + drawn), 4), Least, Most);
    }
}
