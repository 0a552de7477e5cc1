namespace ScaleFunctions.Sandbox.Billing;

/// <summary>A budget there is at the start.</summary>
/// <param name="Scope">Id of the subscription, group or management group it is for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">In the currency that is billed in.</param>
public sealed record BudgetSpec(string Scope, string Name, decimal Amount)
{
    /// <summary><c>Monthly</c>, <c>Quarterly</c> or <c>Annually</c>.</summary>
    public string TimeGrain { get; init; } = "Monthly";

    /// <summary>The first day of a month.</summary>
    public DateOnly Start { get; init; } = new(2025, 1, 1);

    public IReadOnlyList<BudgetThreshold> Thresholds { get; init; } = [];

    /// <summary>A filter as the API has it; absent for all of the scope.</summary>
    public string? Filter { get; init; }
}
