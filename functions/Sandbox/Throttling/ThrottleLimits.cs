namespace ScaleFunctions.Sandbox.Throttling;

/// <summary>
/// Resource Manager's published token buckets, for each subscription, principal and kind of request; the limit of a
/// whole subscription is a multiple of them.
/// </summary>
public sealed record ThrottleLimits
{
    public BucketSize Reads { get; init; } = new(250, 25);

    public BucketSize Writes { get; init; } = new(200, 10);

    /// <summary>Queries to Resource Graph of a principal: 15 in five seconds, as its guidance for throttled requests has it.</summary>
    public BucketSize Queries { get; init; } = new(15, 3);

    public int SubscriptionFactor { get; init; } = 15;

    /// <summary>Room for everything.</summary>
    public static ThrottleLimits None { get; } =
        new()
        {
            Reads = new BucketSize(1_000_000, 1_000_000),
            Writes = new BucketSize(1_000_000, 1_000_000),
            Queries = new BucketSize(1_000_000, 1_000_000),
        };
}
