using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>What one batch call came to.</summary>
internal abstract record MetricBatchResult
{
    private MetricBatchResult()
    {
    }

    public sealed record Answered(IReadOnlyDictionary<TargetId, MetricSeries> Series) : MetricBatchResult;

    /// <summary>The request was refused: perhaps because of one of its resources.</summary>
    public sealed record Refused(string Reason) : MetricBatchResult;

    /// <summary>The service or the way to it failed: asking for fewer resources would not help.</summary>
    public sealed record Failed(string Reason) : MetricBatchResult;
}
