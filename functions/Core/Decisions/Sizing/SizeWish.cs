namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>
/// What size and count together should be, as the planner of fleets found. That takes days of history, so it is kept in the target's
/// row for some hours.
/// </summary>
/// <param name="At">When it was looked for.</param>
/// <param name="Of">The size there was.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Why">In a clause: what is saved, why it stays, or what is not known.</param>
public sealed record SizeWish(DateTimeOffset At, string Of, SizeWishVerdict Verdict, string Why)
{
    /// <summary>A day's prices and habits do not change within it; a smaller size is not urgent.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(6);

    /// <summary>The size that carries the load for least; that there is when nothing is better.</summary>
    public string Size { get; init; } = Of;

    /// <summary>How many of it carry the load at its percentile, headroom and a loss included.</summary>
    public int Instances { get; init; }

    /// <summary>Sizes that could not be judged or taken, and why, by their names.</summary>
    public IReadOnlyDictionary<string, string> Refused { get => field ?? new Dictionary<string, string>(); init; } = new Dictionary<string, string>();

    public bool Holds(string size, DateTimeOffset now) => now - At < Lasts && string.Equals(Of, size, StringComparison.OrdinalIgnoreCase);
}
