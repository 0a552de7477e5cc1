namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>How long before it must be ready a target is started.</summary>
/// <example>
/// <code>
/// measured starts           lead
/// none                      10 min
/// 3 of 4 min                10 min     too few to know the slow ones
/// 20, of which 19 ≤ 6 min    7 min     what 95 of 100 do not exceed, and a minute, for ticks are that far apart
/// 20 of 30 min              31 min
/// </code>
/// </example>
public static class StartLead
{
    /// <summary>Deallocated machines take two to five minutes; this leaves room for one more try.</summary>
    public static readonly TimeSpan Unmeasured = TimeSpan.FromMinutes(10);

    /// <summary>Fewer starts say nothing of the slow ones.</summary>
    private const int Enough = 5;

    private const double Part = 0.95;

    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    public static TimeSpan Of(IReadOnlyList<double> startSeconds)
    {
        var sorted = startSeconds.Where(seconds => seconds > 0 && double.IsFinite(seconds)).Order().ToList();
        if (sorted.Count == 0)
        {
            return Unmeasured;
        }

        // The nearest rank: a duration that was measured, not one between two.
        var slow = TimeSpan.FromSeconds(sorted[(int)Math.Ceiling((Part * sorted.Count) - 1e-9) - 1]) + Tick;
        return sorted.Count >= Enough || slow > Unmeasured ? slow : Unmeasured;
    }
}
