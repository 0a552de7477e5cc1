using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Advisories;

/// <summary>A recommendation of Azure Advisor that is about cost.</summary>
/// <param name="Resource">Id of what it is about; a subscription for those about all of it.</param>
/// <param name="Problem">What Advisor found, in its words.</param>
/// <param name="Solution">What it recommends, in its words.</param>
/// <param name="Impact"><c>High</c>, <c>Medium</c> or <c>Low</c>.</param>
/// <param name="UpdatedAt">When Advisor last looked.</param>
public sealed record CostAdvice(string Resource, string Problem, string Solution, string Impact, DateTimeOffset UpdatedAt)
{
    /// <summary>What Advisor says may be saved in a year; absent when it does not say.</summary>
    public Money? YearlySavings { get; init; }

    /// <summary>The size it recommends; absent when it recommends none.</summary>
    public string? TargetSku { get; init; }
}
