using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Which numbers are asked of Azure Monitor, whatever the resource.</summary>
public sealed record MetricSelector
{
    /// <summary>Azure Monitor metric name, for example <c>Percentage CPU</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Empty: that of the resource's type. Guest and custom metrics have one of their own.</summary>
    public string Namespace { get; init; } = "";

    public MetricAggregation Aggregation { get; init; }

    /// <summary>Each must hold.</summary>
    public IReadOnlyList<MetricDimension> Dimensions { get => field ?? []; init; } = [];

    /// <summary>The dimensions whose values are read each by itself.</summary>
    [JsonIgnore]
    public IEnumerable<string> Splits => Dimensions.Where(dimension => dimension.IsSplit).Select(dimension => dimension.Name);

    [JsonIgnore]
    public bool IsSplit => Dimensions.Any(dimension => dimension.IsSplit);

    /// <summary>Whether every instance is read by itself.</summary>
    [JsonIgnore]
    public bool IsSplitByInstance => Dimensions.Any(dimension => dimension is { IsSplit: true, NamesInstances: true });

    /// <summary>Equal for selectors that ask the same. No part holds a line break, so that no two can meet by accident.</summary>
    [JsonIgnore]
    public string Key => string.Join('\n', new[] { Name.ToLowerInvariant(), Namespace.ToLowerInvariant(), $"{Aggregation}" }
        .Concat(Dimensions.SelectMany(dimension => dimension.Values.Order(StringComparer.Ordinal).Prepend($"\t{dimension.Name.ToLowerInvariant()}"))));

    public bool Equals(MetricSelector? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>For people: <c>Http5xx total, Status 500 or 503, each Instance</c>.</summary>
    public override string ToString() => string.Join(
        ", ",
        Dimensions.Select(dimension => dimension.IsSplit ? $"each {dimension.Name}" : $"{dimension.Name} {string.Join(" or ", dimension.Values)}")
            .Prepend(Aggregation == MetricAggregation.Average ? Name : $"{Name} {Word(Aggregation)}"));

    public static string Word(MetricAggregation aggregation) => $"{aggregation}".ToLowerInvariant();
}
