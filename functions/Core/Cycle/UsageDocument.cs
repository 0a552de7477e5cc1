namespace ScaleFunctions.Core.Cycle;

/// <summary>How the past of a metric is stored.</summary>
/// <param name="Version">Of the form.</param>
/// <param name="Metric">What it is of (<c>MetricSelector.Key</c>).</param>
/// <param name="Grain">Of how long a value is.</param>
/// <param name="From">Begin of the first grain.</param>
/// <param name="Until">End of the last.</param>
/// <param name="Span">The longest span that is asked for.</param>
/// <param name="SpanAt">When that was asked for last.</param>
/// <param name="Points">Packed.</param>
internal sealed record UsageDocument(
    int Version, string Metric, TimeSpan Grain, DateTimeOffset From, DateTimeOffset Until, TimeSpan Span, DateTimeOffset SpanAt, string Points)
{
    public const int Current = 1;

    /// <summary>Longer than any policy may ask for is nothing of ours.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(Policies.ResourceRightsizingPolicy.MostDays + 1);
}
