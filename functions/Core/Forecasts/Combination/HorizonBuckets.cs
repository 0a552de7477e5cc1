namespace ScaleFunctions.Core.Forecasts.Combination;

/// <summary>
/// Stretches of the horizon that have weights and bounds of their own: up to 1, 3, 6 and 12 hours, and all beyond. Near
/// the origin the level decides, far from it the shape of the day.
/// </summary>
internal static class HorizonBuckets
{
    private static readonly double[] LastHours = [1, 3, 6, 12];

    public static int Count => LastHours.Length + 1;

    /// <summary>The bucket of a step; the first step after the origin is 1.</summary>
    public static int Of(int step, int stepsPerDay)
    {
        var bucket = 0;
        while (bucket < LastHours.Length && step > FirstBeyond(bucket, stepsPerDay))
        {
            bucket++;
        }

        return bucket;
    }

    /// <summary>The bucket of each step of a horizon.</summary>
    public static int[] Along(int horizon, int stepsPerDay)
    {
        var buckets = new int[horizon];
        for (var i = 0; i < horizon; i++)
        {
            buckets[i] = Of(i + 1, stepsPerDay);
        }

        return buckets;
    }

    /// <summary>Hours at which a bucket ends; the last ends with the day.</summary>
    public static double EndHours(int bucket) => bucket < LastHours.Length ? LastHours[bucket] : 24;

    // Steps of an hour need not be whole; a step belongs to the bucket in which it ends.
    private static double FirstBeyond(int bucket, int stepsPerDay) => (LastHours[bucket] * stepsPerDay / 24) + 1e-9;
}
