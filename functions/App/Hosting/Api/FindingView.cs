using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What was last found of the size of a resource. Amounts are of a month.</summary>
internal sealed record FindingView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ResourceGroup { get; init; }

    public required string Region { get; init; }

    /// <summary>As the journal names it; null where nothing is to change.</summary>
    public required string? Finding { get; init; }

    public required DateTimeOffset At { get; init; }

    public required RightsizingVerb Verdict { get; init; }

    public required string Why { get; init; }

    public required string Policy { get; init; }

    public required string Size { get; init; }

    public required int Instances { get; init; }

    public required string? ToSize { get; init; }

    public required int? ToInstances { get; init; }

    public required double? ToMeanInstances { get; init; }

    public required bool FollowsLoad { get; init; }

    public required Money? CostNow { get; init; }

    public required Money? CostThen { get; init; }

    public required Money? SavingLow { get; init; }

    public required Money? SavingHigh { get; init; }

    public required Money? SavingLater { get; init; }

    public required DateOnly? CommittedUntil { get; init; }

    public required PriceBasis? PriceBasis { get; init; }

    public required DateOnly? PricesAsOf { get; init; }

    public required RiskLevel? Risk { get; init; }

    public required IReadOnlyList<string> Risks { get; init; }

    public required double? ConfidenceDays { get; init; }

    public required DateOnly? SuppressedUntil { get; init; }

    public required NotJudgedReason? NotJudged { get; init; }

    /// <summary>Null where it is carried out in the window.</summary>
    public required string? WhyNotActed { get; init; }

    public static FindingView Of(RightsizingRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        ResourceGroup = record.ResourceGroup,
        Region = record.Region,
        Finding = record.Finding,
        At = record.At,
        Verdict = record.Verdict,
        Why = record.Why,
        Policy = record.Policy,
        Size = record.Size,
        Instances = record.Instances,
        ToSize = record.ToSize,
        ToInstances = record.ToInstances,
        ToMeanInstances = record.ToMeanInstances,
        FollowsLoad = record.FollowsLoad,
        CostNow = record.CostNow,
        CostThen = record.CostThen,
        SavingLow = record.SavingLow,
        SavingHigh = record.SavingHigh,
        SavingLater = record.SavingLater,
        CommittedUntil = record.CommittedUntil,
        PriceBasis = record.PriceBasis,
        PricesAsOf = record.PricesAsOf,
        Risk = record.Risk,
        Risks = record.Risks,
        ConfidenceDays = record.ConfidenceDays,
        SuppressedUntil = record.SuppressedUntil,
        NotJudged = record.NotJudged,
        WhyNotActed = record.WhyNotActed,
    };
}
