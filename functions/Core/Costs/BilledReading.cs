namespace ScaleFunctions.Core.Costs;

/// <summary>What is known of a bill. A bill that could not be read is a case of its own, never zero.</summary>
public abstract record BilledReading
{
    private BilledReading()
    {
    }

    /// <param name="Currency">ISO 4217 code that Azure bills in; empty when nothing is billed, for Azure tells it with amounts only.</param>
    /// <param name="Days">A row for each day and resource, or several; in no order.</param>
    /// <param name="Through">The last day that is likely whole; days after it are still growing. Absent when nothing is billed yet.</param>
    public sealed record Known(string Currency, IReadOnlyList<BilledDay> Days, DateOnly? Through) : BilledReading;

    /// <param name="Why">For people: what was answered, and what mends it.</param>
    public sealed record Missing(string Why) : BilledReading;
}
