namespace ScaleFunctions.Core.SelfCosts;

/// <summary>What this tool uses of Azure, and is billed for or throttled by.</summary>
public enum UsageKind
{
    /// <summary>Tries of reads of Resource Manager, Resource Graph included.</summary>
    ArmReads,

    ArmWrites,

    /// <summary>Calls for metrics, each for up to 50 resources.</summary>
    MetricReads,

    /// <summary>Calls of the log query service, the price list, and queues that are signals.</summary>
    OtherReads,

    /// <summary>Requests to the table the state is in.</summary>
    TableTransactions,

    /// <summary>Requests of ours to the work queues; the Functions host's are not seen here.</summary>
    QueueTransactions,

    /// <summary>Requests that list the container of policies; each page is one.</summary>
    BlobListings,

    /// <summary>Requests that read a policy file from its container.</summary>
    BlobReads,

    /// <summary>Invocations by timers, queues and events.</summary>
    Executions,

    /// <summary>Milliseconds these are billed for: what each took, a second at least.</summary>
    ExecutionMilliseconds,

    /// <summary>Spans that were sent.</summary>
    Spans,
}
