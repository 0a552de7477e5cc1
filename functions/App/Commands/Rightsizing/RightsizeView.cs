using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>What <c>rightsize</c> found.</summary>
internal sealed record RightsizeView
{
    public required DateTimeOffset At { get; init; }

    public required string Where { get; init; }

    /// <summary>Whether something could not be read.</summary>
    public required bool IsPartial { get; init; }

    public required IReadOnlyList<string> Gaps { get; init; }

    public required int Resources { get; init; }

    public required int Judged { get; init; }

    public required IReadOnlyList<RightsizeSaving> SavingPerMonth { get; init; }

    public required IReadOnlyList<RightsizeNotJudged> NotJudged { get; init; }

    /// <summary>What saves most first, then what has too little, what is suppressed, what stays, and what was not judged.</summary>
    public required IReadOnlyList<RightsizingRecord> Findings { get; init; }

    public IEnumerable<RightsizingRecord> Of(RightsizingVerb verb) => Findings.Where(finding => finding.Verdict == verb);

    public static RightsizeView Of(IReadOnlyList<RightsizingFinding> findings, IReadOnlyList<string> gaps, DateTimeOffset at, string where)
    {
        var records = findings.Select(RightsizingRecord.Of).OrderBy(record => record.Verdict).ThenByDescending(record => record.SavingHigh?.Amount ?? 0)
            .ThenBy(record => record.NotJudged).ThenBy(record => record.Id, StringComparer.OrdinalIgnoreCase).ToList();
        var unread = records.Where(record => record.NotJudged == NotJudgedReason.Unreadable).GroupBy(record => record.Why).Select(reason => $"{reason.Count()} resources: {reason.Key}");
        string[] all = [.. gaps, .. unread];
        return new RightsizeView
        {
            At = at,
            Where = where,
            IsPartial = all.Length > 0,
            Gaps = all,
            Resources = records.Count,
            Judged = records.Count(record => record.Verdict != RightsizingVerb.NotJudged),
            SavingPerMonth = [.. records.Where(record => record.Verdict == RightsizingVerb.Save).GroupBy(record => record.SavingHigh!.Currency)
                .Select(group => new RightsizeSaving(group.Sum(record => record.SavingLow!.Amount), group.Sum(record => record.SavingHigh!.Amount), group.Key))],
            NotJudged = [.. records.Where(record => record.NotJudged is not null).GroupBy(record => record.NotJudged!.Value)
                .Select(group => new RightsizeNotJudged(group.Key, group.Count(), group.First().Name, group.First().Why)).OrderByDescending(group => group.Count)],
            Findings = records,
        };
    }
}
