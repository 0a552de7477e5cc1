using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Compares what a policy asks of a metric with what Azure has.</summary>
public static class MetricNames
{
    /// <summary>Names told at most: a resource can have hundreds of metrics.</summary>
    private const int MostNames = 12;

    /// <summary>What is wrong, and the field of the signal it stands in.</summary>
    public static IEnumerable<(string Field, string Rule, string Message)> Check(MetricSelector selector, MetricDefinitions definitions, string resourceType)
    {
        if (definitions is not MetricDefinitions.Read { Metrics: var metrics })
        {
            return [("metric", "not-checked", $"the metrics of {resourceType} could not be read: {((MetricDefinitions.Unreadable)definitions).Reason}")];
        }

        return metrics.FirstOrDefault(metric => Is(metric.Name, selector.Name)) is { } found
            ? Check(selector, found)
            : [("metric", "unknown-metric", $"{resourceType} has no metric '{selector.Name}'; it has {Names(metrics.Select(metric => metric.Name))}")];
    }

    private static IEnumerable<(string Field, string Rule, string Message)> Check(MetricSelector selector, MetricDefinition metric)
    {
        if (metric.Aggregations.Count > 0 && !metric.Aggregations.Contains(selector.Aggregation))
        {
            yield return ("aggregation", "unknown-aggregation",
                $"'{metric.Name}' has no {MetricSelector.Word(selector.Aggregation)}; it has {Names(metric.Aggregations.Select(MetricSelector.Word))}");
        }

        foreach (var dimension in selector.Dimensions.Where(dimension => !metric.Dimensions.Any(known => Is(known, dimension.Name))))
        {
            yield return ("dimensions", "unknown-dimension", metric.Dimensions.Count == 0
                ? $"'{metric.Name}' has no dimensions"
                : $"'{metric.Name}' has no dimension '{dimension.Name}'; it has {Names(metric.Dimensions)}");
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(MostNames)) + (all.Count > MostNames ? $" and {all.Count - MostNames} more" : "");
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
