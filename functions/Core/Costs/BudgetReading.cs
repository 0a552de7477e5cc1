namespace ScaleFunctions.Core.Costs;

/// <summary>What is known of a budget in Azure.</summary>
public abstract record BudgetReading
{
    private BudgetReading()
    {
    }

    /// <param name="Amount">The budget; above zero.</param>
    /// <param name="Currency">ISO 4217 code; empty when Azure does not tell, as for a budget that nothing was spent of.</param>
    /// <param name="Spent">What Azure counts as spent in the period that runs, hours to days late; absent when it does not tell.</param>
    /// <param name="Period">The period that runs.</param>
    public sealed record Known(decimal Amount, string Currency, decimal? Spent, SpendPeriod Period) : BudgetReading
    {
        /// <summary>What of its scope it counts: each tag with one of its values. Empty: all of it.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

        /// <summary>What else its filter says, as Azure tells it; empty when nothing.</summary>
        public string OtherFilter { get; init; } = "";
    }

    public sealed record Gone : BudgetReading;

    /// <param name="Why">For people: what was answered, and what mends it.</param>
    public sealed record Missing(string Why) : BudgetReading;
}
