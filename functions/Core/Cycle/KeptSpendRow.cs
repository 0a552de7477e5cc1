using System.Text.Json.Serialization;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A row of a counted day, in short names: there is one for each resource and day.</summary>
internal sealed record KeptSpendRow
{
    [JsonPropertyName("r")]
    public required string Resource { get; init; }

    /// <summary>Absent when nobody read them.</summary>
    [JsonPropertyName("t")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    [JsonPropertyName("n")]
    public required int Instances { get; init; }

    [JsonPropertyName("s")]
    public required string Sku { get; init; }

    /// <summary>Absent when it is not known.</summary>
    [JsonPropertyName("p")]
    public decimal? PerHour { get; init; }

    [JsonPropertyName("b")]
    public PriceBasis? Basis { get; init; }

    [JsonPropertyName("d")]
    public DateOnly? AsOf { get; init; }

    [JsonPropertyName("w")]
    public string? WhyNoPrice { get; init; }

    /// <summary>Without the zeros at the end.</summary>
    [JsonPropertyName("h")]
    public required IReadOnlyList<decimal> Hours { get; init; }

    [JsonPropertyName("c")]
    public required double CoveredSeconds { get; init; }

    [JsonPropertyName("u")]
    public required double UncoveredSeconds { get; init; }

    [JsonPropertyName("i")]
    public required double InstanceSeconds { get; init; }

    public static KeptSpendRow Of(ResourceSpend row) => new()
    {
        Resource = row.Resource,
        Tags = (row.Tags as TargetTags.Known)?.Values,
        At = row.Last.At,
        Instances = row.Last.Instances,
        Sku = row.Last.Sku,
        PerHour = (row.Last.Price as PriceReading.Known)?.Price.PerHour.Amount,
        Basis = (row.Last.Price as PriceReading.Known)?.Price.Basis,
        AsOf = (row.Last.Price as PriceReading.Known)?.Price.AsOf,
        WhyNoPrice = (row.Last.Price as PriceReading.Missing)?.Why,
        Hours = [.. row.Hours.Take(ResourceSpend.HoursOfDay - row.Hours.Reverse().TakeWhile(hour => hour == 0).Count())],
        CoveredSeconds = Math.Round(row.Covered.TotalSeconds, 3),
        UncoveredSeconds = Math.Round(row.Uncovered.TotalSeconds, 3),
        InstanceSeconds = Math.Round(row.InstanceTime.TotalSeconds, 3),
    };

    public ResourceSpend Read(string currency) => new()
    {
        Resource = Resource,
        Tags = Tags is null ? new TargetTags.Unknown("they were not read") : new TargetTags.Known(Tags),
        Last = new SpendSighting(At, Instances, Sku, PerHour is { } amount && Basis is { } basis && AsOf is { } day
            ? new PriceReading.Known(new Price(new Money(amount, currency), basis, day, ""))
            : new PriceReading.Missing(WhyNoPrice ?? "it was not known")),
        Hours = [.. Hours.Take(ResourceSpend.HoursOfDay), .. Enumerable.Repeat(0m, Math.Max(0, ResourceSpend.HoursOfDay - Hours.Count))],
        Covered = TimeSpan.FromSeconds(CoveredSeconds),
        Uncovered = TimeSpan.FromSeconds(UncoveredSeconds),
        InstanceTime = TimeSpan.FromSeconds(InstanceSeconds),
    };
}
