using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a turn of rightsizing came to.</summary>
/// <param name="Judged">Resources that were judged.</param>
/// <param name="Recommended">Of these, how many should be changed.</param>
/// <param name="NotJudged">How many were not, by reason.</param>
/// <param name="Left">Those there was no time for.</param>
public sealed record RightsizingReport(int Judged, int Recommended, IReadOnlyDictionary<NotJudgedReason, int> NotJudged, int Left)
{
    public static RightsizingReport Nothing { get; } = new(0, 0, new Dictionary<NotJudgedReason, int>(), 0);

    public static RightsizingReport Of(IReadOnlyList<RightsizingFinding> findings, int left) => new(
        findings.Count(finding => finding.Verdict is not RightsizingVerdict.NotJudged),
        findings.Count(finding => finding.Verdict is RightsizingVerdict.Recommended),
        findings.Select(finding => finding.Verdict).OfType<RightsizingVerdict.NotJudged>().GroupBy(not => not.Reason).ToDictionary(group => group.Key, group => group.Count()),
        left);
}
