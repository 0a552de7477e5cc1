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

    /// <summary>
    /// What Cost Management answers in spans, in units of a month that is asked about: learn.microsoft.com/azure/cost-management-billing
    /// /automate/get-small-usage-datasets-on-demand has 12 in 10 seconds, 60 a minute, 600 an hour.
    /// </summary>
    public IReadOnlyList<QueryAllowance> CostQueries { get; init; } =
    [
        new(12, TimeSpan.FromSeconds(10)), new(60, TimeSpan.FromMinutes(1)), new(600, TimeSpan.FromHours(1)),
    ];

    public int SubscriptionFactor { get; init; } = 15;

    /// <summary>Room for everything.</summary>
    public static ThrottleLimits None { get; } =
        new()
        {
            Reads = new BucketSize(1_000_000, 1_000_000),
            Writes = new BucketSize(1_000_000, 1_000_000),
            Queries = new BucketSize(1_000_000, 1_000_000),
            CostQueries = [],
        };
}
