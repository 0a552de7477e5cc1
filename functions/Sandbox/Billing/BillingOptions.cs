namespace ScaleFunctions.Sandbox.Billing;

/// <summary>
/// How late the simulated Azure bills. The defaults are Azure's own: learn.microsoft.com/azure/cost-management-billing/costs/understand-cost-mgt-data
/// has usage within 8 to 24 hours and a day that may change for three more, and its page on budgets has them evaluated every 24 hours.
/// </summary>
public sealed record BillingOptions
{
    /// <summary>The soonest that the usage of an hour appears, after its end.</summary>
    public TimeSpan AppearsAfter { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The latest.</summary>
    public TimeSpan AppearsBefore { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After its end a day may still be corrected for as long.</summary>
    public TimeSpan CorrectedFor { get; init; } = TimeSpan.FromHours(72);

    /// <summary>By how much of an amount a first bill is off at most, up or down.</summary>
    public double Correction { get; init; } = 0.02;

    /// <summary>Time between two evaluations of budgets.</summary>
    public TimeSpan EvaluatedEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>When they are evaluated, from midnight of UTC.</summary>
    public TimeSpan EvaluatedAt { get; init; } = TimeSpan.FromHours(6);

    /// <summary>ISO 4217 code that is billed in: one the price list knows.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Whether usage details have the form of a Microsoft Customer Agreement, in place of the older one.</summary>
    public bool IsModern { get; init; }

    /// <summary>Whether Cost Management can be asked; of some offers only usage details can be read.</summary>
    public bool OffersQuery { get; init; } = true;

    /// <summary>Rows on a page.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Whether usage is billed at once, in full, and for good: for tests of what is made of a bill.</summary>
    public static BillingOptions AtOnce { get; } = new()
    {
        AppearsAfter = TimeSpan.Zero,
        AppearsBefore = TimeSpan.Zero,
        CorrectedFor = TimeSpan.Zero,
        Correction = 0,
    };
}
