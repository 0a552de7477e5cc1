using System.Globalization;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>
/// Makes wishes of a kept finding, as long as all that it rests on still holds. What gives more comes first: more instances before
/// a smaller size, a bigger size before fewer instances, so that there is never less than both ends carry.
/// </summary>
public static class FindingDecisions
{
    /// <summary>Targets are judged once a day, and who there was no time for comes early the next: older than this it is no finding of today.</summary>
    public static readonly TimeSpan BeginsWithin = TimeSpan.FromHours(36);

    /// <summary>What was begun may take a second night to finish.</summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromDays(3);

    /// <summary>A price that differs by more than this from the finding's is another one.</summary>
    private const decimal SamePrice = 0.01m;

    public static FindingWish Decide(FindingContext context)
    {
        if (context.Reading is not FindingReading.Found { Finding: var finding } found)
        {
            return new FindingWish(Keep(context, new SizeReason.NothingFound(((FindingReading.Nothing)context.Reading).Why)), null);
        }

        var progress = finding.ProgressAt(context.Size, context.Instances);
        return WhyNot(context, found, progress) is { } why ? Wait(context, finding, why)
            : finding.ChangesSize && context.Sizes.Of(finding.ToSize) is { } shunned && shunned.Until > context.Now && !Is(context.Size, finding.ToSize) ? Back(context, finding, shunned)
            : Wish(context, finding);
    }

    private static FindingWish Wish(FindingContext context, KeptFinding finding)
    {
        var wanted = new SizeDecision(context.Size, finding.ToSize, new SizeReason.Found(finding));
        if (!finding.ChangesCount || context.Instances == finding.ToInstances)
        {
            return new FindingWish(wanted, null);
        }

        var count = new CountWish(finding.ToInstances, finding.Id, finding.Why);
        return finding.ToInstances > context.Instances
                ? new FindingWish(Keep(context, new SizeReason.FindingWaits(finding, $"first there must be {finding.ToInstances} instances")), count, wanted)
            : wanted.IsChange ? new FindingWish(wanted, null)
            : new FindingWish(Keep(context, new SizeReason.Found(finding)), count);
    }

    /// <summary>The size did not do, so that the instances that were added for it are not needed.</summary>
    private static FindingWish Back(FindingContext context, KeptFinding finding, SizeQuarantine shunned)
    {
        var why = $"{shunned.Size} did not do ({shunned.Why}) and is left alone until {Day(shunned.Until)}";
        var kept = Keep(context, new SizeReason.FindingWaits(finding, why));
        return finding.ChangesCount && context.Instances > finding.Instances
            ? new FindingWish(kept, new CountWish(finding.Instances, finding.Id, $"{why}: back to the count before it"))
            : new FindingWish(kept, null);
    }

    private static string? WhyNot(FindingContext context, FindingReading.Found found, FindingProgress progress)
    {
        var (finding, policy, age) = (found.Finding, context.Policy, context.Now - found.Finding.At);
        var today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        return progress switch
        {
            FindingProgress.Done => "it has been carried out",
            FindingProgress.Elsewhere => $"there are {context.Instances} × {context.Size} now, and it was found of {finding.Instances} × {finding.Size}",
            _ when policy.Suppressions.FirstOrDefault(each => each.Holds(context.Name, today)) is { } by => $"suppressed until {by.Until:yyyy-MM-dd}: {by.Reason}",
            FindingProgress.UnderWay => age > EndsWithin ? $"it was begun and not ended within {Hours(EndsWithin)} hours; what there is now is judged anew" : null,
            _ when age > BeginsWithin => $"it is {Hours(age)} hours old, and at most {Hours(BeginsWithin)} are trusted",
            _ when finding.JudgedBy != policy.JudgedBy => "the policy asks for other terms since; it is judged anew within a day",
            _ when finding.ConfidenceDays < policy.LeastConfidenceDays => $"it rests on {Number(finding.ConfidenceDays)} days of history, and the policy asks for {Number(policy.LeastConfidenceDays)}",
            _ when finding.Risk > policy.MostRisk => $"its risk is {Word(finding.Risk)}, and the policy allows {Word(policy.MostRisk)}",
            _ => Changed(context.Size, finding.PriceNow, found.PriceNow) ?? Changed(finding.ToSize, finding.PriceThen, found.PriceThen),
        };
    }

    private static string? Changed(string size, Money before, PriceReading reading) => reading switch
    {
        PriceReading.Known { Price.PerHour: var now } => now.Currency == before.Currency && Math.Abs(now.Amount - before.Amount) <= SamePrice * before.Amount ? null
            : string.Create(CultureInfo.InvariantCulture, $"an hour of {size} costs {now.Amount:0.####} {now.Currency} now, and {before.Amount:0.####} {before.Currency} when it was found"),
        PriceReading.Missing missing => $"nobody knows any more what {size} costs: {missing.Why}",
        _ => throw new InvalidOperationException("a price is neither known nor missing"),
    };

    private static FindingWish Wait(FindingContext context, KeptFinding finding, string why) => new(Keep(context, new SizeReason.FindingWaits(finding, why)), null);

    private static SizeDecision Keep(FindingContext context, SizeReason reason) => new(context.Size, context.Size, reason);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Word(RiskLevel risk) => risk.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan span) => Number(span.TotalHours);

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
