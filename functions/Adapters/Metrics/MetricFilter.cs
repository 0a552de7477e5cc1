using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Adapters.Metrics;

/// <summary>Writes dimensions as the metrics API wants them.</summary>
internal static class MetricFilter
{
    /// <summary>
    /// Azure sends ten time series of a split unless it is told otherwise. As many as this in an answer may be not all, so such
    /// an answer is not believed.
    /// </summary>
    public const int MostSeries = 2000;

    /// <summary>
    /// <c>Status eq '500' or Status eq '503' and Instance eq '*'</c>: in this language <c>or</c> joins values of one dimension and
    /// <c>and</c> dimensions, without parentheses. A quote in a value is doubled.
    /// </summary>
    public static string Of(IReadOnlyList<MetricDimension> dimensions) => string.Join(" and ", dimensions.Select(dimension =>
        string.Join(" or ", (dimension.IsSplit ? ["*"] : dimension.Values).Select(value => $"{dimension.Name} eq '{value.Replace("'", "''", StringComparison.Ordinal)}'"))));
}
