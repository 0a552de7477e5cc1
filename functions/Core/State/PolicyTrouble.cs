namespace ScaleFunctions.Core.State;

/// <summary>The policy files cannot be used as they are, and an earlier set of them is in force.</summary>
/// <param name="Why">What is wrong.</param>
/// <param name="Version">The set in force.</param>
/// <param name="Since">Since when.</param>
public sealed record PolicyTrouble(string Why, string Version, DateTimeOffset Since)
{
    /// <summary>
    /// A set that nobody has seen to be right for longer than this is only observed by. Stopping at once would take scaling out from
    /// a fleet for a slip of the pen; going on for ever would hide it.
    /// </summary>
    public static readonly TimeSpan ActsFor = TimeSpan.FromDays(7);

    public DateTimeOffset ActsUntil => Since + ActsFor;

    public bool Acts(DateTimeOffset now) => now < ActsUntil;
}
