using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>Something that stands about, as it is kept. Amounts are of a month.</summary>
internal sealed record LeftoverFact
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ResourceGroup { get; init; }

    public required string Subscription { get; init; }

    public required LeftoverKind Kind { get; init; }

    public required string What { get; init; }

    /// <summary>Whom to tell; empty when not said.</summary>
    public required string Owner { get; init; }

    public required string Policy { get; init; }

    /// <summary>When it was marked.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Since when it is told; null before it has stood about for as long as the policy says.</summary>
    public required DateTimeOffset? ToldAt { get; init; }

    /// <summary>Null without a price.</summary>
    public required Money? Cost { get; init; }

    /// <summary>Whether less may be billed.</summary>
    public required bool IsAtMost { get; init; }

    /// <summary>Null where nothing is billed of it, or nothing is known.</summary>
    public required PriceBasis? PriceBasis { get; init; }

    /// <summary>Day of the oldest price.</summary>
    public required DateOnly? PricesAsOf { get; init; }

    /// <summary>Null when it is priced.</summary>
    public required string? WhyNotPriced { get; init; }

    /// <summary>What ends its costs, for a person to read and run.</summary>
    public required string Command { get; init; }

    /// <summary>When the owner was told that it will be stopped or lowered; null where that is not so.</summary>
    public required DateTimeOffset? NoticedAt { get; init; }

    /// <summary>Null where it is stopped or lowered after the notice.</summary>
    public required string? WhyNotActed { get; init; }

    public static LeftoverFact Of(LeftoverRecord record)
    {
        var id = TargetId.Parse(record.Id);
        return new LeftoverFact
        {
            Id = record.Id,
            Name = id.Name,
            ResourceGroup = id.ResourceGroup,
            Subscription = id.Subscription,
            Kind = record.Kind,
            What = record.What,
            Owner = record.Owner,
            Policy = record.Policy,
            FirstSeen = record.FirstSeen,
            LastSeen = record.LastSeen,
            ToldAt = record.ToldAt,
            Cost = record.PerMonth is { } amount ? new Money(amount, record.Currency) : null,
            IsAtMost = record.IsAtMost,
            PriceBasis = record.PricesAsOf is null ? null : Core.Prices.PriceBasis.Retail,
            PricesAsOf = record.PricesAsOf,
            WhyNotPriced = record.WhyNotPriced.Length > 0 ? record.WhyNotPriced : null,
            Command = record.Command,
            NoticedAt = record.NoticedAt,
            WhyNotActed = record.WhyNotActed,
        };
    }
}
