namespace ScaleFunctions.Core.Limits;

/// <summary>A quota of a subscription in a region, and how much of it is in use.</summary>
/// <param name="Name">As Azure has it: <c>cores</c> for all sizes together, the family of a size for it alone.</param>
/// <param name="Used">In use; in cores for the quotas of sizes.</param>
/// <param name="Limit">At most.</param>
public sealed record QuotaUsage(string Name, long Used, long Limit)
{
    /// <summary>All cores of the region, whatever size.</summary>
    public const string AllCores = "cores";

    /// <summary>All cores of capacity that Azure may take back; it counts for neither of the others.</summary>
    public const string SpotCores = "lowPriorityCores";

    public long Left => Math.Max(0, Limit - Used);

    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
