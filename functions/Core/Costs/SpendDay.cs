using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Costs;

/// <summary>
/// What was counted on a day of UTC in a subscription. Time is counted once: each look counts from <see cref="Through"/> on and moves
/// it, and whoever comes late finds it moved.
/// </summary>
public sealed record SpendDay
{
    public required DateOnly Day { get; init; }

    public required string Subscription { get; init; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Since when it is counted; later than midnight on the first day.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Up to when everything is counted.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>The management groups the subscription was last seen in.</summary>
    public ManagementGroups ManagementGroups { get; init; } = ManagementGroups.NotRead;

    public required IReadOnlyList<ResourceSpend> Rows { get; init; }

    public DateTimeOffset Start => StartOf(Day);

    public DateTimeOffset End => StartOf(Day.AddDays(1));

    public bool IsOver => Through >= End;

    /// <summary>Whether all of the day is counted, as far as prices and counts are known.</summary>
    public bool IsWhole => IsOver && From <= Start;

    /// <summary>Midnight of UTC, whatever zone the machine is in: Azure bills by it.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>A day of which nothing was counted before a first look.</summary>
    public static SpendDay Begin(string subscription, string currency, SpendLook look) => new()
    {
        Day = DayOf(look.At),
        Subscription = subscription,
        Currency = currency,
        From = look.At,
        Through = look.At,
        Rows = [.. look.Resources.Select(each => ResourceSpend.Begin(each.Key, each.Value.Sighting, each.Value.Tags))],
    };

    /// <summary>The day after one that is over: what was there is taken over, and nothing is counted yet.</summary>
    /// <exception cref="InvalidOperationException">It is not over.</exception>
    public SpendDay Next() => !IsOver ? throw new InvalidOperationException($"{Day:yyyy-MM-dd} is counted only through {Through:u}") : this with
    {
        Day = Day.AddDays(1),
        From = End,
        Through = End,
        Rows = [.. Rows.Where(row => row.Last.Instances > 0 || row.Last.At > End - FastClock.AssumedFor).Select(row => ResourceSpend.Begin(row.Resource, row.Last, row.Tags))],
    };
}
