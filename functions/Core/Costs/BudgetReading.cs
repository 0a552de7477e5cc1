namespace ScaleFunctions.Core.Costs;

/// <summary>What is known of a budget in Azure.</summary>
public abstract record BudgetReading
{
    private BudgetReading()
    {
    }

    /// <param name="Id">Id of Resource Manager, in lower case.</param>
    /// <param name="Amount">The budget; above zero.</param>
    /// <param name="Currency">ISO 4217 code; empty when Azure does not tell, as for a budget that nothing was spent of.</param>
    /// <param name="Spent">What Azure counts as spent in the period that runs, hours to days late; absent when it does not tell.</param>
    /// <param name="Forecast">What Azure expects for the whole period; absent when it does not tell.</param>
    /// <param name="Period">The period that runs.</param>
    /// <param name="ReadAt">When it was read.</param>
    public sealed record Known(
        string Id, decimal Amount, string Currency, decimal? Spent, decimal? Forecast, SpendPeriod Period, DateTimeOffset ReadAt) : BudgetReading;

    public sealed record Gone : BudgetReading;

    /// <param name="Why">For people: what was answered, and what mends it.</param>
    public sealed record Missing(string Why) : BudgetReading;
}
