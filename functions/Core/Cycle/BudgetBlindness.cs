using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Tells when a budget cannot be judged: it does nothing then, and nobody would know why. Once, and when it can be again.</summary>
internal static class BudgetBlindness
{
    public const string Blind = "NotJudged";

    public const string Sighted = "Judged";

    /// <summary>A read that fails for a while, or a clock that has yet to begin, mends itself.</summary>
    private static readonly TimeSpan ToldAfter = TimeSpan.FromHours(1);

    /// <summary>The record after a look, and what people have to know of it.</summary>
    public static (BudgetRecord Next, BudgetNews? News) See(BudgetRecord record, LadderLook look)
    {
        if (Why(look) is not { } why)
        {
            var news = record.IsBlindTold ? News(record, look, BudgetText.JudgedAgain(look.Policy.Name), Blind, Sighted) : null;
            return (record with { BlindSince = null, IsBlindTold = false }, news);
        }

        var since = record.BlindSince ?? look.Now;
        var isTold = !record.IsBlindTold && look.Now - since >= ToldAfter;
        var next = record with { BlindSince = since, IsBlindTold = record.IsBlindTold || isTold };
        return (next, isTold ? News(next, look, BudgetText.NotJudged(look.Policy.Name, since, why), Sighted, Blind) : null);
    }

    /// <summary>What keeps it from being judged, or its steps from acting.</summary>
    private static string? Why(LadderLook look) => look.Judgement switch
    {
        BudgetJudgement.NotJudged not => not.Why,
        BudgetJudgement.Judged { IsCovered: false, Spent: 0, Expected: 0 } when look.Policy.Ladder.Any(step => step.Acts) =>
            "nothing of what it is about is billed or counted yet; see whether its scope and tags name what they are to",
        BudgetJudgement.Judged { IsCovered: false } judged when look.Policy.Ladder.Any(step => step.Acts) =>
            $"only {BudgetText.Percent(100 * judged.Coverage)} of the spend is counted as it happens, {BudgetText.Percent(100 * BudgetJudgement.Judged.LeastCoverage)} are needed; people are told of limits all the same",
        _ => null,
    };

    private static BudgetNews News(BudgetRecord record, LadderLook look, string text, string from, string to) =>
        new(look.Now, text, BudgetBook.Facts(record, look.Policy, null, null) with { From = from, To = to });
}
