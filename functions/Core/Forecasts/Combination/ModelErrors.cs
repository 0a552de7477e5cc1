namespace ScaleFunctions.Core.Forecasts.Combination;

/// <summary>Sums of absolute errors of each model, by origin and bucket of the horizon.</summary>
internal sealed class ModelErrors
{
    private readonly double[] _sums;
    private readonly double[] _totals;
    private readonly int _models;

    /// <param name="window">The values.</param>
    /// <param name="origins">Where the paths begin.</param>
    /// <param name="paths">Paths by model and origin.</param>
    /// <param name="buckets">The bucket of each step.</param>
    public ModelErrors(SeriesWindow window, int[] origins, double[][][] paths, int[] buckets)
    {
        _models = paths.Length;
        _sums = new double[origins.Length * HorizonBuckets.Count * _models];
        _totals = new double[HorizonBuckets.Count * _models];
        for (var model = 0; model < _models; model++)
        {
            for (var o = 0; o < origins.Length; o++)
            {
                var path = paths[model][o];
                for (var i = 0; i < path.Length; i++)
                {
                    var error = Math.Abs(window.Values[origins[o] + i] - path[i]);
                    _sums[Place(o, buckets[i], model)] += error;
                    _totals[(buckets[i] * _models) + model] += error;
                }
            }
        }
    }

    /// <summary>The sum over all origins, or over all but one.</summary>
    public double Of(int bucket, int model, int? without) =>
        _totals[(bucket * _models) + model] - (without is { } origin ? _sums[Place(origin, bucket, model)] : 0);

    private int Place(int origin, int bucket, int model) => (((origin * HorizonBuckets.Count) + bucket) * _models) + model;
}
