using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>What one batch call came to.</summary>
internal abstract record MetricBatchResult
{
    private MetricBatchResult()
    {
    }

    /// <param name="Series">By the id of the resource in lower case.</param>
    public sealed record Answered(IReadOnlyDictionary<string, MetricSeries> Series) : MetricBatchResult;

    /// <summary>The request was refused: perhaps because of one of its resources.</summary>
    public sealed record Refused(string Reason) : MetricBatchResult;

    /// <summary>The service or the way to it failed: asking for fewer resources would not help.</summary>
    public sealed record Failed(string Reason) : MetricBatchResult;
}
