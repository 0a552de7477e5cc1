namespace ScaleFunctions.Core.Forecasts.Bounds;

/// <summary>
/// Errors of past forecasts in ascending order, from which bounds of later ones are read: split conformal prediction
/// (Vovk, Gammerman and Shafer, 2005; Lei et al., 2018), on blocks of dependent errors (Chernozhukov, Wüthrich and Zhu, 2018).
/// </summary>
public sealed record ScoreTable
{
    /// <summary>More ranks than this say nothing that a bound could use; it keeps the stored state small.</summary>
    private const int MostScores = 256;

    /// <summary>What the scores are measured in.</summary>
    public required BoundScale Scale { get; init; }

    /// <summary>Signed errors (actual − forecast) over scale, ascending; at least one.</summary>
    public required double[] Scores { get; init; }

    /// <summary>How many of the errors count as independent.</summary>
    public required double Independent { get; init; }

    /// <summary>
    /// The score that a share of errors stays below. The share is widened for the finite number of errors that are
    /// independent, and the rank rounded outward; beyond what was ever seen, it is the largest error seen to either side.
    /// </summary>
    /// <param name="quantile">Between 0 and 1, both excluded.</param>
    public double At(double quantile)
    {
        var widened = 0.5 + ((quantile - 0.5) * (1 + (2 / Independent)));
        var rank = widened * (Scores.Length + 1);
        var index = (int)(quantile >= 0.5 ? Math.Ceiling(rank) : Math.Floor(rank)) - 1;
        return index < 0 ? Math.Min(Scores[0], -Scores[^1])
            : index >= Scores.Length ? Math.Max(Scores[^1], -Scores[0])
            : Scores[index];
    }

    /// <summary>Puts errors in order, and keeps evenly spaced ranks of many, the outermost always.</summary>
    internal static ScoreTable From(BoundScale scale, double[] scores, double independent)
    {
        Array.Sort(scores);
        if (scores.Length > MostScores)
        {
            var all = scores;
            scores = new double[MostScores];
            for (var i = 0; i < MostScores; i++)
            {
                scores[i] = all[(int)((long)i * (all.Length - 1) / (MostScores - 1))];
            }
        }

        return new() { Scale = scale, Scores = scores, Independent = independent };
    }
}
