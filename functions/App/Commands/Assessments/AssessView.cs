using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>What <c>assess</c> found.</summary>
internal sealed record AssessView
{
    public required DateTimeOffset At { get; init; }

    public required string Where { get; init; }

    public required double Days { get; init; }

    public required double Quantile { get; init; }

    public required double TargetPercent { get; init; }

    public required int Resources { get; init; }

    public required int Ours { get; init; }

    public required int Judged { get; init; }

    /// <summary>Whether something could not be read.</summary>
    public required bool IsPartial { get; init; }

    public required IReadOnlyList<string> Gaps { get; init; }

    public required IReadOnlyList<EstatePart> Parts { get; init; }

    public required IReadOnlyList<OwnerGroup> Owners { get; init; }

    public required IReadOnlyList<Money> SurplusPerMonth { get; init; }

    public required IReadOnlyList<Money> JudgedPerMonth { get; init; }

    public required IReadOnlyList<PriceGround> Prices { get; init; }

    /// <summary>Oversized resources without a price.</summary>
    public required int NotPriced { get; init; }

    public required IReadOnlyList<AssessLine> Oversized { get; init; }

    /// <summary>None of it is in the surplus.</summary>
    public required IReadOnlyList<AssessMachine> Machines { get; init; }

    public required IReadOnlyList<AssessLine> Flapping { get; init; }

    public required IReadOnlyList<AssessLine> Resets { get; init; }

    public required IReadOnlyList<AssessedSetting> Autoscale { get; init; }

    public required IReadOnlyList<AssessLine> NotJudged { get; init; }

    public static AssessView Of(EstateAssessment assessment, string where) => new()
    {
        At = assessment.At,
        Where = where,
        Days = assessment.Terms.Span.TotalDays,
        Quantile = assessment.Terms.Quantile,
        TargetPercent = assessment.Terms.TargetPercent,
        Resources = assessment.Resources,
        Ours = assessment.Ours,
        Judged = assessment.Judged,
        IsPartial = assessment.IsPartial,
        Gaps = assessment.Gaps,
        Parts = assessment.Parts,
        Owners = assessment.Owners,
        SurplusPerMonth = assessment.SurplusPerMonth,
        JudgedPerMonth = assessment.JudgedPerMonth,
        Prices = assessment.Prices,
        NotPriced = assessment.NotPriced,
        Oversized = [.. assessment.Surplus.Select(AssessLine.Of)],
        Machines = [.. assessment.Machines.Select(AssessMachine.Of)],
        Flapping = [.. assessment.Flapping.Select(AssessLine.Of)],
        Resets = [.. assessment.Resets.Select(AssessLine.Of)],
        Autoscale = assessment.Settings,
        NotJudged = [.. assessment.NotJudged.Select(line => AssessLine.Of(line.Target) with { Why = line.Why })],
    };
}
