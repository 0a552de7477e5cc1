using ScaleFunctions.Core.Forecasts.Combination;

namespace ScaleFunctions.Core.Forecasts.Bounds;

/// <summary>Learns, for each bucket of the horizon, the scale that gives the narrowest bound, and the errors in it.</summary>
internal static class ConformalBounds
{
    private const double JudgedQuantile = 0.95;

    /// <summary>
    /// Errors of one path move together, so an origin counts as little more than one error. With this number, bounds
    /// of 95 % held in 94 to 97 % at other origins than those they were tuned on.
    /// </summary>
    private const double IndependentPerOrigin = 1.25;

    // With fewer errors the narrowest scale is the luckiest, and a far bucket may look surer than a near one.
    private const int LeastToChoose = 30;

    /// <summary>One table a bucket. A bucket with too few errors of its own takes the one before it, grown as a random walk would.</summary>
    public static ScoreTable[] Learn(PastPath[] past, int[] buckets)
    {
        var tables = new ScoreTable[HorizonBuckets.Count];
        for (var bucket = 0; bucket < tables.Length; bucket++)
        {
            tables[bucket] = Narrowest(past, buckets, bucket) ?? Grown(tables, bucket);
        }

        return tables;
    }

    private static ScoreTable? Narrowest(PastPath[] past, int[] buckets, int bucket)
    {
        var count = past.Sum(path => path.Errors.Where((_, i) => buckets[i] == bucket).Count());
        if (count == 0 || (bucket > 0 && count < LeastToChoose))
        {
            return null;
        }

        var origins = past.Count(path => path.Errors.Where((_, i) => buckets[i] == bucket).Any());
        ScoreTable? best = null;
        var narrowest = double.PositiveInfinity;
        foreach (var scale in count < LeastToChoose ? [BoundScale.Even] : BoundScales.All)
        {
            var (scores, width) = (new double[count], 0d);
            var next = 0;
            foreach (var path in past)
            {
                for (var i = 0; i < path.Errors.Length; i++)
                {
                    if (buckets[i] == bucket)
                    {
                        scores[next++] = path.Errors[i] / path.Scales[(int)scale][i];
                        width += path.Scales[(int)scale][i];
                    }
                }
            }

            var table = ScoreTable.From(scale, scores, IndependentPerOrigin * origins);
            width *= table.At(JudgedQuantile);
            if (width < narrowest)
            {
                (best, narrowest) = (table, width);
            }
        }

        return best;
    }

    private static ScoreTable Grown(ScoreTable[] tables, int bucket)
    {
        if (bucket == 0)
        {
            return new() { Scale = BoundScale.Even, Scores = [0], Independent = IndependentPerOrigin };
        }

        var growth = Math.Sqrt(HorizonBuckets.EndHours(bucket) / HorizonBuckets.EndHours(bucket - 1));
        return tables[bucket - 1] with { Scores = Array.ConvertAll(tables[bucket - 1].Scores, score => score * growth) };
    }
}
