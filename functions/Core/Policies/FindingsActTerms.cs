using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// What is done about idle machines and plans after their owner was told (<c>findings.act</c>): a machine is deallocated, a plan lowered to
/// its policy's minimum. Both come back. The resource has to want it too, by a tag. Nothing is ever deleted.
/// </summary>
/// <param name="After">From the notice to the act.</param>
/// <param name="InUse">What says that somebody works on it; absent: its processors, by <see cref="BusyAbove"/> and <see cref="BusyWithin"/>.</param>
public sealed record FindingsActTerms(TimeSpan After, InUseTerms? InUse = null)
{
    /// <summary>The tag by which whoever owns a resource permits it, with the value <c>true</c>.</summary>
    public const string Tag = "scalefunctions:stop-idle";

    /// <summary>Percent. What is idle stays below 20 in all but the busiest hundredth of days; more than this, somebody may be there.</summary>
    public const double BusyAbove = 20;

    public static readonly TimeSpan BusyWithin = TimeSpan.FromMinutes(30);

    /// <summary>Tags that nobody could read permit nothing.</summary>
    public static bool IsWanted(TargetTags tags) => tags is TargetTags.Known known
        && known.Values.Any(tag => string.Equals(tag.Key, Tag, StringComparison.OrdinalIgnoreCase) && string.Equals(tag.Value, "true", StringComparison.OrdinalIgnoreCase));
}
