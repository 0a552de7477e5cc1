using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>Off-hours begin later for once, because somebody asked for it. It always ends by itself, and off-hours then begin.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends.</param>
public sealed record Snooze(string By, string Reason, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>The tag that does the same: its value is the moment it ends.</summary>
    public const string Tag = "scalefunctions:snooze";

    /// <summary>What is needed for longer belongs into the policy. A policy may allow less.</summary>
    public static readonly TimeSpan Longest = OffHoursTerms.LongestOfSnoozes;

    /// <summary>However long somebody asked for: at most as long as this.</summary>
    public Snooze AtMost(TimeSpan longest) => Until - Since > longest ? this with { Until = Since + longest } : this;

    public bool IsActive(DateTimeOffset now) => Since <= now && now < Until;
}
