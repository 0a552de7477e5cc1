using ScaleFunctions.Core.Forecasts.Loads;

namespace ScaleFunctions.Core.Forecasts.Trials;

/// <summary>Compares forecasts that were issued with the load that came.</summary>
internal static class ForecastTrial
{
    private const int StepsPerDay = 96;

    /// <summary>Fewer steps that count make no trial.</summary>
    private const int LeastSteps = IssuedForecast.Steps / 2;

    /// <summary>Of the load: a smaller error of the day before is none, or a load that repeats to the last bit could not be forecast well enough.</summary>
    private const double Negligible = 0.02;

    /// <summary>Whether all of it lies in the past.</summary>
    public static bool IsOver(IssuedForecast issued, LoadGrid grid) => grid.End >= issued.Origin + (issued.Means.Length * LoadBin.Length);

    /// <summary>Adds a trial to a score; one of which too little is known changes nothing.</summary>
    public static ForecastScore Score(ForecastScore score, IssuedForecast issued, LoadGrid grid)
    {
        var (error, naive, loads, covered, steps) = (0d, 0d, 0d, 0, 0);
        for (var step = 0; step < issued.Means.Length; step++)
        {
            var at = issued.Origin + (step * LoadBin.Length);
            if (grid.At(at) is not { } load || grid.At(at - (StepsPerDay * LoadBin.Length)) is not { } before || grid.CappedAt.Contains(at))
            {
                continue;
            }

            error += Math.Abs(load - issued.Means[step]);
            naive += Math.Abs(load - before);
            loads += load;
            covered += load <= issued.Uppers[step] ? 1 : 0;
            steps++;
        }

        return steps < LeastSteps ? score : score.Add(error / steps, Math.Max(naive, Negligible * loads) / steps, covered / (double)steps);
    }
}
