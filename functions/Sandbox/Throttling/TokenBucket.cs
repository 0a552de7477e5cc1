namespace ScaleFunctions.Sandbox.Throttling;

/// <summary>A token bucket in simulated time. Not thread-safe: the throttle's lock guards it.</summary>
internal sealed class TokenBucket(BucketSize size, DateTimeOffset now)
{
    // A client that waits exactly as long as it was told must not be refused for a rounding error.
    private const double Whole = 1 - 1e-6;

    private double _tokens = size.Capacity;
    private DateTimeOffset _at = now;

    public int Remaining => (int)Math.Max(0, _tokens + 1 - Whole);

    public void Refill(DateTimeOffset now)
    {
        if (now > _at)
        {
            _tokens = Math.Min(size.Capacity, _tokens + ((now - _at).TotalSeconds * size.RefillPerSecond));
            _at = now;
        }
    }

    public void Take() => _tokens--;

    public TimeSpan WaitForOne() =>
        _tokens >= Whole ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _tokens) / size.RefillPerSecond);
}
