using ScaleFunctions.Core.Forecasts.Bounds;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Replays past forecasts step by step, as they are used: the level follows each value, and the maximum of the next steps
/// is asked. Its errors are counted as they are, instead of being put together from errors of single steps.
/// </summary>
internal static class LeadTimeLearning
{
    private const double JudgedQuantile = 0.95;

    // An hour until the refit, and one more should it be late.
    private const int FollowedHours = 2;

    public static LeadTimeBound Learn(SeriesWindow window, PastPath[] past, LevelRule rule, int steps)
    {
        var hour = Math.Max(1, window.StepsPerDay / 24);
        ScoreTable? best = null;
        var narrowest = double.PositiveInfinity;
        foreach (var scale in BoundScales.All)
        {
            var (scores, width) = (new List<double>(), 0d);
            foreach (var path in past)
            {
                width += Replay(path, rule, steps, FollowedHours * hour, path.Scales[(int)scale], scores);
            }

            if (scores.Count == 0)
            {
                break;
            }

            // Neighbouring spans share most of their steps; those a whole span apart count as independent.
            var table = ScoreTable.From(scale, [.. scores], Math.Max(1, scores.Count / (double)Math.Max(steps, hour)));
            width *= table.At(JudgedQuantile);
            (best, narrowest) = width < narrowest ? (table, width) : (best, narrowest);
        }

        return new(steps, best ?? new ScoreTable { Scale = BoundScale.Even, Scores = [Spread(window)], Independent = 1 });
    }

    private static double Replay(PastPath path, LevelRule rule, int steps, int followed, double[] scales, List<double> scores)
    {
        var (level, width) = (0d, 0d);
        for (var seen = 0; seen <= followed && seen + steps <= path.Path.Length; seen++)
        {
            var (expected, actual, scale, moved) = (double.NegativeInfinity, double.NegativeInfinity, 0d, level);
            for (var i = seen; i < seen + steps; i++)
            {
                moved *= rule.Fading;
                expected = Math.Max(expected, path.Path[i] + moved);
                actual = Math.Max(actual, path.Path[i] + path.Errors[i]);
                scale = Math.Max(scale, scales[i]);
            }

            scores.Add((actual - expected) / scale);
            width += scale;
            level = rule.Next(level, path.Errors[seen]);
        }

        return width;
    }

    // Of a history too short to replay a single span, all that is known is how far it ever went.
    private static double Spread(SeriesWindow window) => window.Values.Max() - window.Values.Min();
}
