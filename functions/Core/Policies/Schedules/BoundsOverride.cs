namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>Other bounds for one target, given by a person for a while. It always ends by itself.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Minimum">Least instances meanwhile, when that is more than the policy wants; absent: as the policy says.</param>
/// <param name="Maximum">Most instances meanwhile, up to what guardrails allow; absent: as the policy says.</param>
public sealed record BoundsOverride(
    string By, string Reason, DateTimeOffset Since, DateTimeOffset Until, int? Minimum, int? Maximum)
{
    /// <summary>What is needed for longer belongs into the policy, where it is reviewed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public bool IsActive(DateTimeOffset now) => now < Until;

    /// <summary>What is wrong with bounds somebody asks for; nothing when they may be given.</summary>
    public static string? Problem(int? minimum, int? maximum, TimeSpan span) => (minimum, maximum) switch
    {
        (null, null) => "give a minimum, a maximum, or both",
        ( < 1 or > HorizontalScalingPolicy.MostInstances, _) => $"the minimum is {minimum}; expected 1 to {HorizontalScalingPolicy.MostInstances}",
        (_, < 1 or > HorizontalScalingPolicy.MostInstances) => $"the maximum is {maximum}; expected 1 to {HorizontalScalingPolicy.MostInstances}",
        _ when minimum > maximum => $"the minimum of {minimum} is above the maximum of {maximum}",
        _ when span <= TimeSpan.Zero || span > Longest => $"an override lasts at most {Longest.Days} days; what is needed for longer belongs into the policy",
        _ => null,
    };
}
