using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.App.Commands.Usage;

/// <summary>How the off-hours of a resource stand, as they are printed.</summary>
internal sealed record UsageLine
{
    public required string Target { get; init; }

    public required string Id { get; init; }

    public required string Workload { get; init; }

    public required string State { get; init; }

    public required int Instances { get; init; }

    public required string Size { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>When it is put off, or started, next.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary><c>start</c> or <c>stop</c>.</summary>
    public required string Next { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>How long a start is taken to need.</summary>
    public required double LeadMinutes { get; init; }

    /// <summary>What it comes back as; absent where nothing was taken away.</summary>
    public int? BeforeInstances { get; init; }

    public string? BeforeSize { get; init; }

    /// <summary>Instance-hours of the last days.</summary>
    public required double SavedHours { get; init; }

    /// <summary>What these would have cost; absent without a price.</summary>
    public decimal? Saved { get; init; }

    /// <summary>Basis and day of the price, or why there is none.</summary>
    public required string Price { get; init; }

    public required string Note { get; init; }

    public static UsageLine Of(OffStanding standing, PriceReading price) => new()
    {
        Target = standing.Target.Id.Name,
        Id = standing.Target.Id.Value,
        Workload = standing.Workload,
        State = standing.State,
        Instances = standing.Target.Capacity,
        Size = standing.Target.Sku,
        Since = standing.Since,
        NextAt = standing.Next,
        Next = standing.IsNextStart ? "start" : "stop",
        ReadyAt = standing.ReadyAt,
        LeadMinutes = Math.Round(standing.Lead.TotalMinutes, 1),
        BeforeInstances = standing.Before?.Instances,
        BeforeSize = standing.Before?.Size,
        SavedHours = Math.Round(standing.SavedHours, 2),
        Saved = price is PriceReading.Known known ? Math.Round((decimal)standing.SavedHours * known.Price.PerHour.Amount, 2) : null,
        Price = price switch
        {
            PriceReading.Known { Price: var found } => $"{found.Basis.ToString().ToLowerInvariant()} of {found.AsOf:yyyy-MM-dd}",
            PriceReading.Missing missing => $"no price: {missing.Why}",
            _ => throw new InvalidOperationException("a price is neither known nor missing"),
        },
        Note = standing.Note,
    };
}
