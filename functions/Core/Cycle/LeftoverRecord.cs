using ScaleFunctions.Core.Assessments.Leftovers;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is kept of something that stands about: a fact that people, and what alerts them, may take up.</summary>
public sealed record LeftoverRecord
{
    /// <summary>Id as Azure spells it.</summary>
    public required string Id { get; init; }

    public required LeftoverKind Kind { get; init; }

    /// <summary>Names of the policy and of whom to tell.</summary>
    public required string Policy { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When it had stood about for so long that it is told; absent before that.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    public required string What { get; init; }

    /// <summary>What it costs a month of 730 hours; absent without a price. At most, where <see cref="IsAtMost"/>.</summary>
    public decimal? PerMonth { get; init; }

    public bool IsAtMost { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Day of the oldest price, which are retail prices; absent without one.</summary>
    public DateOnly? PricesAsOf { get; init; }

    public required string WhyNotPriced { get; init; }

    /// <summary>The command that ends its costs. Nobody here runs it.</summary>
    public required string Command { get; init; }

    /// <summary>Since when it is to be told that it will be stopped or lowered; absent where it will not.</summary>
    public DateTimeOffset? NoticeFrom { get; init; }

    /// <summary>When that was told; from then on the days of the notice count.</summary>
    public DateTimeOffset? NoticedAt { get; init; }

    /// <summary>Why nothing is done about it here; absent where it is stopped or lowered after the notice.</summary>
    public string? WhyNotActed { get; init; }

    /// <summary>With what was seen now; as another kind it begins anew.</summary>
    public static LeftoverRecord Of(PricedLeftover found, LeftoverRecord? before, DateTimeOffset now, string? whyNotActed)
    {
        var same = before?.Kind == found.Leftover.Kind ? before : null;
        var first = same?.FirstSeen ?? now;
        var policy = found.Policy;
        var after = found.Leftover.Kind == LeftoverKind.DeallocatedMachine && policy.DeallocatedAfter > policy.NotifyAfter ? policy.DeallocatedAfter : policy.NotifyAfter;
        var told = same?.ToldAt ?? (now - first >= after ? now : null);
        var notice = whyNotActed is null && told is not null ? same : null;

        // A notice that ran out without anything having been done does not hold for ever.
        var isSpent = notice?.NoticedAt is { } noticed && policy.Act is { } act && now >= noticed + act.After + LeftoverActs.NoticeCounts;
        return new LeftoverRecord
        {
            Id = found.Leftover.Id.Value,
            Kind = found.Leftover.Kind,
            Policy = policy.Name,
            Owner = policy.Owner,
            FirstSeen = first,
            LastSeen = now,
            ToldAt = told,
            What = found.Leftover.What,
            PerMonth = found.PerMonth,
            IsAtMost = found.Leftover.IsAtMost,
            Currency = found.Currency,
            PricesAsOf = found.AsOf,
            WhyNotPriced = found.WhyNotPriced,
            Command = found.Leftover.Command,
            WhyNotActed = whyNotActed,
            NoticeFrom = whyNotActed is not null || told is null ? null : isSpent ? now : notice?.NoticeFrom ?? now,
            NoticedAt = isSpent ? null : notice?.NoticedAt,
        };
    }
}
