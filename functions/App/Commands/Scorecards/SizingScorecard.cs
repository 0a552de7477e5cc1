using System.Globalization;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Backtests.Sizing;

namespace ScaleFunctions.App.Commands.Scorecards;

/// <summary>Compares rules that recommend sizes on an estate whose next week is known.</summary>
internal static class SizingScorecard
{
    private const int Fleets = 400;

    public static async Task<int> RunAsync(int seed, OutputFormat format, CancellationToken cancellationToken)
    {
        var rules = SizingRules.All;
        var scores = new SizingScore[rules.Count];
        await WorkBar.WhileAsync("rules on fleets", rules.Count + 1, async isDone =>
        {
            var estate = SizedEstate.Generate(seed, Fleets);
            var possible = estate.Sum(SizingTruth.Possible);
            isDone();
            await Parallel.ForEachAsync(Enumerable.Range(0, rules.Count), cancellationToken, (at, _) =>
            {
                scores[at] = SizingScore.Of(rules[at], estate, possible);
                isDone();
                return ValueTask.CompletedTask;
            });
        });
        var sheet = new Sheet(
            "rule", "recommendations", "says it saves, USD a month", "saves in truth", "of what is possible, %", "unsafe", "too few cores", "too little memory", "no reserve left", "paid in advance");
        foreach (var score in scores)
        {
            string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
            sheet.Add(
                score.Rule, $"{score.Recommendations}", Text($"{score.Claimed:0}"), Text($"{score.Found:0}"), Text($"{100 * score.FoundShare:0.0}"),
                $"{score.Unsafe}", $"{score.ShortOfCores}", $"{score.ShortOfMemory}", $"{score.LosesReserve}", $"{score.PaidAnyway}");
        }

        Terminal.Note($"{Fleets} simulated fleets, seed {seed}");
        sheet.Print(format, scores, AppJson.Default.IReadOnlyListSizingScore, "nothing was scored");
        return ExitCodes.Done;
    }
}
