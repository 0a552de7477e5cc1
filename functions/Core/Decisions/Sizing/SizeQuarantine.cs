namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>A size that did not do, and is not tried again for a while.</summary>
/// <param name="Size">Its name.</param>
/// <param name="Until">How long.</param>
/// <param name="Times">How often in a row it did not do.</param>
/// <param name="Why">What was wrong, for people.</param>
public sealed record SizeQuarantine(string Size, DateTimeOffset Until, int Times, string Why)
{
    private static readonly TimeSpan First = TimeSpan.FromDays(1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(32);

    /// <summary>Twice as long as the last time: a day, two, four, at most 32.</summary>
    public static SizeQuarantine After(SizeQuarantine? last, string size, string why, DateTimeOffset now)
    {
        var times = (last?.Times ?? 0) + 1;
        var span = First * Math.Pow(2, Math.Min(times - 1, 10));
        return new SizeQuarantine(size, now + (span < Longest ? span : Longest), times, why);
    }
}
