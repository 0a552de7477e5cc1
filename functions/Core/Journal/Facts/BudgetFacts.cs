namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>What happened to a budget, with the money it was decided on.</summary>
/// <param name="Budget">Name of the policy.</param>
/// <param name="Step">Name of the step that moved; absent when none did.</param>
/// <param name="From">How far it was.</param>
/// <param name="To">How far it is.</param>
/// <param name="By">Who said so, where a person did.</param>
public sealed record BudgetFacts(string Budget, string? Step, string? From, string? To, string? By)
{
    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What may be spent; absent, like the others, when it was not known.</summary>
    public decimal? Amount { get; init; }

    public decimal? Spent { get; init; }

    /// <summary>Of the whole period, as likely to be passed as not.</summary>
    public decimal? Expected { get; init; }

    /// <summary>From 0 to 1.</summary>
    public double? Coverage { get; init; }

    /// <summary>What the whole ladder can save at most until the period ends.</summary>
    public decimal? Reach { get; init; }
}
