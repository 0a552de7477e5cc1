namespace ScaleFunctions.Core.Forecasts.Combination;

/// <summary>What each model counts in each bucket of the horizon; the weights of a bucket sum to 1.</summary>
internal static class ModelWeights
{
    /// <summary>
    /// How sharply a worse error costs weight: a model 10 % worse than the best counts exp(−0.6), about half. The value
    /// is flat between 4 and 12 on recorded load: below, poor models pull; above, luck in few origins decides.
    /// </summary>
    private const double Sharpness = 6;

    /// <summary>Weights by bucket and model, from errors over all origins or all but one.</summary>
    public static double[][] From(ModelErrors errors, int models, int? without = null)
    {
        var weights = new double[HorizonBuckets.Count][];
        for (var bucket = 0; bucket < weights.Length; bucket++)
        {
            weights[bucket] = OfBucket(errors, models, bucket, without);
        }

        return weights;
    }

    /// <summary>Mixes one path a model into one path.</summary>
    public static void Mix(double[][] weights, int[] buckets, ReadOnlySpan<double[]> paths, Span<double> mixed)
    {
        for (var i = 0; i < mixed.Length; i++)
        {
            var sum = 0d;
            var weight = weights[buckets[i]];
            for (var model = 0; model < paths.Length; model++)
            {
                sum += weight[model] * paths[model][i];
            }

            mixed[i] = sum;
        }
    }

    private static double[] OfBucket(ModelErrors errors, int models, int bucket, int? without)
    {
        var least = double.PositiveInfinity;
        for (var model = 0; model < models; model++)
        {
            least = Math.Min(least, Math.Max(0, errors.Of(bucket, model, without)));
        }

        var (weights, sum) = (new double[models], 0d);
        for (var model = 0; model < models; model++)
        {
            var error = Math.Max(0, errors.Of(bucket, model, without));
            // Where one model makes no error at all, the others have no claim.
            weights[model] = least > 0 ? Math.Exp(-Sharpness * ((error / least) - 1)) : error > 0 ? 0 : 1;
            sum += weights[model];
        }

        for (var model = 0; model < models; model++)
        {
            weights[model] /= sum;
        }

        return weights;
    }
}
