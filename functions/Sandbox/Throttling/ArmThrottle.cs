namespace ScaleFunctions.Sandbox.Throttling;

/// <summary>Resource Manager's throttling, with real buckets in simulated time. A refused request takes no token.</summary>
internal sealed class ArmThrottle(ThrottleLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Subscription, string Principal, bool IsWrite), TokenBucket> _buckets = [];

    public ThrottleReading Take(string subscription, string principal, bool isWrite, DateTimeOffset now)
    {
        var size = isWrite ? limits.Writes : limits.Reads;
        var whole = new BucketSize(size.Capacity * limits.SubscriptionFactor, size.RefillPerSecond * limits.SubscriptionFactor);
        lock (_gate)
        {
            var key = subscription.ToLowerInvariant();
            var own = Bucket((key, principal, isWrite), size, now);
            var all = Bucket((key, "", isWrite), whole, now);
            var wait = own.WaitForOne() > all.WaitForOne() ? own.WaitForOne() : all.WaitForOne();
            if (wait == TimeSpan.Zero)
            {
                own.Take();
                all.Take();
            }

            return new ThrottleReading(own.Remaining, all.Remaining, wait == TimeSpan.Zero ? null : wait);
        }
    }

    /// <summary>Resource Graph counts the queries of a principal, whatever they are about.</summary>
    public ThrottleReading TakeQuery(string principal, DateTimeOffset now)
    {
        lock (_gate)
        {
            var own = Bucket(("resourcegraph", principal, false), limits.Queries, now);
            var wait = own.WaitForOne();
            if (wait == TimeSpan.Zero)
            {
                own.Take();
            }

            return new ThrottleReading(own.Remaining, own.Remaining, wait == TimeSpan.Zero ? null : wait);
        }
    }

    private TokenBucket Bucket((string, string, bool) key, BucketSize size, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            _buckets[key] = bucket = new TokenBucket(size, now);
        }

        bucket.Refill(now);
        return bucket;
    }
}
