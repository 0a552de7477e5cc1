using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Spending;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a monitored scope has spent this month, as it is kept and shown. All amounts are in one currency, of one basis and moment.</summary>
public sealed record CostReport
{
    /// <summary>The largest are enough for a look.</summary>
    public const int MostShown = 20;

    public required string Name { get; init; }

    /// <summary>Name of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>Id of Resource Manager, in lower case.</summary>
    public required string Scope { get; init; }

    /// <summary>Tags that are asked for, such as <c>env: prod or test</c>; empty for all.</summary>
    public required string Tags { get; init; }

    /// <summary>First day, and the day after the last one; of UTC.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>ISO 4217 code of all amounts here.</summary>
    public required string Currency { get; init; }

    public required CostBasis Basis { get; init; }

    /// <summary>What is not known, and what mends it; absent where the amounts of the period are.</summary>
    public string? Why { get; init; }

    public decimal? Billed { get; init; }

    public DateOnly? BilledThrough { get; init; }

    public decimal? Counted { get; init; }

    public decimal? Extrapolated { get; init; }

    public decimal? SoFar { get; init; }

    /// <summary>Part of what is billed that is counted within minutes, 0 to 1.</summary>
    public double? Coverage { get; init; }

    public decimal? EndP50 { get; init; }

    public decimal? EndP90 { get; init; }

    /// <summary>What the end was forecast by, for people.</summary>
    public string? EndBy { get; init; }

    /// <summary>What Azure itself expects the whole period to cost, beside our own forecast; absent where it does not say, or in another currency.</summary>
    public decimal? AzureEnd { get; init; }

    /// <summary>When Azure was asked for it.</summary>
    public DateTimeOffset? AzureEndAt { get; init; }

    /// <summary>Why Azure's forecast is not known; absent where it is.</summary>
    public string? AzureEndWhy { get; init; }

    /// <summary>What is seen now costs so much an hour, at the prices.</summary>
    public required decimal PerHour { get; init; }

    /// <summary>What that was in this hour of other days; absent where it is not judged.</summary>
    public decimal? UsualPerHour { get; init; }

    /// <summary>Why what is spent an hour is not held against other days; absent where it is.</summary>
    public string? NotJudged { get; init; }

    public decimal? MostPerHour { get; init; }

    /// <summary>What the prices are; absent where none is known.</summary>
    public PriceBasis? PriceBasis { get; init; }

    /// <summary>The oldest of them.</summary>
    public DateOnly? PricesAsOf { get; init; }

    /// <summary>What was counted of the period, at the prices, most first.</summary>
    public required IReadOnlyList<CostReportLine> Resources { get; init; }

    /// <summary>How many there are.</summary>
    public required int ResourceCount { get; init; }

    /// <summary>Resources that are seen and not counted, and why.</summary>
    public required IReadOnlyList<UncountedResource> Uncounted { get; init; }

    public required int UncountedCount { get; init; }

    public static CostReport Of(
        string name, string policy, SpendScope scope, SpendPeriod period, CostBasis basis, string currency, IReadOnlyList<SpendDay> days, SpendReading reading, RateJudgment judgment, DateTimeOffset now)
    {
        var known = reading as SpendReading.Known;
        var judged = judgment as RateJudgment.Judged;
        var latest = days.Where(day => day.Day == SpendDay.DayOf(now)).SelectMany(day => day.Rows).ToList();
        var prices = latest.Where(row => row.Last.Instances > 0).Select(row => row.Last.Price).OfType<PriceReading.Known>().Select(price => price.Price).ToList();
        var uncounted = latest.Where(row => row.Last is { Instances: > 0, Price: PriceReading.Missing }).ToList();
        var rows = days.Where(day => day.Day >= period.Start && day.Day < period.End).SelectMany(day => day.Rows).GroupBy(row => row.Resource).ToList();
        return new CostReport
        {
            Name = name,
            Policy = policy,
            Scope = scope.Scope,
            Tags = string.Join(", ", scope.Tags.OrderBy(tag => tag.Key, StringComparer.OrdinalIgnoreCase).Select(tag => $"{tag.Key}: {string.Join(" or ", tag.Value)}")),
            From = period.Start,
            To = period.End,
            At = now,
            Currency = currency,
            Basis = basis,
            Why = (reading as SpendReading.Missing)?.Why,
            Billed = Rounded(known?.Billed),
            BilledThrough = known?.BilledThrough,
            Counted = Rounded(known?.Counted),
            Extrapolated = Rounded(known?.Extrapolated),
            SoFar = Rounded(known?.SoFar),
            Coverage = known is null ? null : Math.Round(known.Coverage, 3),
            EndP50 = Rounded(known?.EndP50),
            EndP90 = Rounded(known?.EndP90),
            EndBy = known?.EndBy,
            PerHour = decimal.Round(AnomalyRule.RatesOf(days, now).Values.Sum(), 4),
            UsualPerHour = judged is null ? null : decimal.Round(judged.Usual, 4),
            MostPerHour = judged?.Most,
            NotJudged = (judgment as RateJudgment.NotJudged)?.Why,
            PriceBasis = prices.Count == 0 ? null : prices.Max(price => price.Basis),
            PricesAsOf = prices.Count == 0 ? null : prices.Min(price => price.AsOf),
            ResourceCount = rows.Count,
            Resources =
            [
                .. rows.Select(group => new CostReportLine(group.Key, decimal.Round(group.Sum(row => row.Amount), 2), Math.Round(group.Sum(row => row.InstanceTime.TotalHours), 2)))
                    .OrderByDescending(line => line.Counted).ThenBy(line => line.Resource, StringComparer.Ordinal).Take(MostShown),
            ],
            UncountedCount = uncounted.Count,
            Uncounted = [.. uncounted.Take(MostShown).Select(row => new UncountedResource(row.Resource, ((PriceReading.Missing)row.Last.Price).Why))],
        };
    }

    /// <summary>With what Azure expects, as far as it is in the same currency.</summary>
    public CostReport Beside(AzureForecastReading azure) => azure switch
    {
        AzureForecastReading.Known known when known.Currency != Currency => this with { AzureEndWhy = $"it is told in {known.Currency}" },
        AzureForecastReading.Known known => this with { AzureEnd = Rounded(known.Total), AzureEndAt = known.ReadAt },
        AzureForecastReading.Missing missing => this with { AzureEndWhy = missing.Why },
        _ => throw new ArgumentOutOfRangeException(nameof(azure)),
    };

    private static decimal? Rounded(decimal? amount) => amount is { } known ? decimal.Round(known, 2) : null;
}
