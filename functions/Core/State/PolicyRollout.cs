using System.Globalization;
using System.Text.Json.Serialization;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>A changed set of policies on its way from ring to ring, as all workers agree on it.</summary>
public sealed record PolicyRollout
{
    /// <summary>Ticks come each minute; after a longer gap nobody knows how the ring did meanwhile.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(5);

    /// <summary>Hash of the changed set.</summary>
    public required string Next { get; init; }

    /// <summary>Hash of the set in force, which decides on all others.</summary>
    public required string Before { get; init; }

    /// <summary>All rings, in their order. They are those of the set before, or of the changed one where that has none.</summary>
    public required IReadOnlyList<RingMark> Rings { get; init; }

    public required RingCriteria Criteria { get; init; }

    /// <summary>Number of the last ring that has the changed set, from 0 on.</summary>
    public int Ring { get; init; }

    /// <summary>When the first ring got it.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When the last ring got it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>From when on troubles count: since the first ring got it, or a ring in which it was halted got it again.</summary>
    public required DateTimeOffset TroublesFrom { get; init; }

    /// <summary>How long that has done well. Time in which nobody looked, nothing was evaluated or nothing could be done does not count.</summary>
    public TimeSpan Soaked { get; init; }

    /// <summary>How it stood at the last look; absent before the first one.</summary>
    public RingCount? Count { get; init; }

    /// <summary>Absent while it goes on.</summary>
    public RolloutHalt? Halt { get; init; }

    [JsonIgnore]
    public RingMark Current => Rings[Math.Clamp(Ring, 0, Rings.Count - 1)];

    /// <summary>What is left of the soak.</summary>
    [JsonIgnore]
    public TimeSpan SoakLeft => Current.Soak > Soaked ? Current.Soak - Soaked : TimeSpan.Zero;

    /// <summary>All criteria of the ring. Before the first look none is met but those of troubles.</summary>
    [JsonIgnore]
    public IReadOnlyList<RingCriterion> Standing
    {
        get
        {
            var count = Count ?? new RingCount(Since, 0, 0, 0, 0, 0, 0, 0, 0);
            List<RingCriterion> criteria =
            [
                Limit("failed", count.Failed, Criteria.Failed),
                Limit("breached", count.Breached, Criteria.Breached),
                Limit("doubtful", count.Doubtful, Criteria.Doubtful),
                Limit("quarantined", count.Quarantined, Criteria.Quarantined),
                new("evaluated", $"{count.Evaluated} of {count.Decided}", "all", Count is not null && count.Evaluated >= count.Decided && !count.IsPartial, IsBreach: false),
                new("soak", DurationText.Of(Soaked), DurationText.Of(Current.Soak), Soaked >= Current.Soak, IsBreach: false),
            ];
            if (Criteria.MinimumActions is { } least)
            {
                criteria.Add(new("minimumActions", Number(count.Actions), $"at least {least}", count.Actions >= least, IsBreach: false));
            }

            return criteria;

            RingCriterion Limit(string name, int found, RingLimit most) => new(name, Number(found), $"at most {most}", most.Allows(found, count.Members), IsBreach: true);
        }
    }

    /// <summary>Whether the next ring may get it.</summary>
    [JsonIgnore]
    public bool IsReady => Standing.All(criterion => criterion.IsMet);

    /// <summary>What is asked for and is not so, for people; empty when the next ring may get it.</summary>
    [JsonIgnore]
    public string Unmet => string.Join(", ", Standing.Where(criterion => !criterion.IsMet).Select(criterion => $"{criterion.Name} {criterion.Found}, {criterion.Asked} asked"));

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
