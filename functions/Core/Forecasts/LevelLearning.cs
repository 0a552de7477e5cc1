using ScaleFunctions.Core.Forecasts.Bounds;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>Finds the rule for the level that would have served best in the hours after each past forecast.</summary>
internal static class LevelLearning
{
    private static readonly double[] Gains = [0, 0.2, 0.4, 0.6, 0.8];

    // What is left of the level after an hour.
    private static readonly double[] HourlyFadings = [0.2, 0.5, 0.8, 0.95];

    // A forecast is renewed each hour; some are late.
    private const int FollowedHours = 3;

    public static LevelRule Learn(PastPath[] past, int stepsPerDay)
    {
        var hour = Math.Max(1, stepsPerDay / 24);
        var (best, least) = (new LevelRule(0, 0), double.PositiveInfinity);
        foreach (var gain in Gains)
        {
            foreach (var fading in HourlyFadings)
            {
                var rule = new LevelRule(gain, Math.Pow(fading, 1d / hour));
                var error = past.Sum(path => ErrorOf(rule, path, hour));
                (best, least) = error < least ? (rule, error) : (best, least);
            }
        }

        return best;
    }

    // Absolute errors of the next hour's steps, as seen from each step of the hours that follow.
    private static double ErrorOf(LevelRule rule, PastPath path, int hour)
    {
        var (sum, level) = (0d, 0d);
        var last = Math.Min(FollowedHours * hour, path.Errors.Length - 1);
        for (var seen = 0; seen < last; seen++)
        {
            level = rule.Next(level, path.Errors[seen]);
            var moved = level;
            for (var i = seen + 1; i <= Math.Min(seen + hour, path.Errors.Length - 1); i++)
            {
                moved *= rule.Fading;
                sum += Math.Abs(path.Errors[i] - moved);
            }
        }

        return sum;
    }
}
