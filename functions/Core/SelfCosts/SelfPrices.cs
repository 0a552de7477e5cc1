namespace ScaleFunctions.Core.SelfCosts;

/// <summary>
/// A small table of Azure's pay-as-you-go prices for East US as they are remembered, of about the days below and without a look at a list:
/// enough to tell the order of a bill. Yours are in your price list. What is not in the table has no price here, and is told so.
/// </summary>
public static class SelfPrices
{
    public const string Currency = "USD";

    /// <summary>For people.</summary>
    public const string Source = "Azure's pay-as-you-go prices for East US as remembered of about the days named, not compared with a price list";

    private static readonly DateOnly Functions = new(2025, 5, 22);
    private static readonly DateOnly Others = new(2025, 1, 1);

    // azure.microsoft.com/pricing/details/functions, Flex Consumption. Always-ready instances have no free grant.
    public static SelfPrice Executions { get; } = new(0.40m, 1_000_000, 0, Functions);

    public static SelfPrice AlwaysReadyExecutionGigabyteSeconds { get; } = new(0.000016m, 1, 0, Functions);

    public static SelfPrice AlwaysReadyBaselineGigabyteSeconds { get; } = new(0.000004m, 1, 0, Functions);

    // azure.microsoft.com/pricing/details/storage/tables and /queues, general purpose v2, locally redundant.
    public static SelfPrice TableTransactions { get; } = new(0.00036m, 10_000, 0, Others);

    public static SelfPrice QueueTransactions { get; } = new(0.004m, 10_000, 0, Others);

    // azure.microsoft.com/pricing/details/storage/blobs, the same account, hot: a listing is billed as a write.
    public static SelfPrice BlobListings { get; } = new(0.05m, 10_000, 0, Others);

    public static SelfPrice BlobReads { get; } = new(0.004m, 10_000, 0, Others);

    // azure.microsoft.com/pricing/details/monitor: metric queries, and analytics logs without a commitment.
    public static SelfPrice MetricReads { get; } = new(0.01m, 1_000, 1_000_000, Others);

    public static SelfPrice TelemetryGigabytes { get; } = new(2.30m, 1, 5, Others);
}
