using ScaleFunctions.Core.Limits;

namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Whether quotas of cores allow a plan, and the way back from it. What could not be read proves nothing, so it allows neither.</summary>
public static class QuotaRoom
{
    /// <summary>Why not, for people; null when there is room.</summary>
    public static string? WhyNot(FleetNow now, SizeOffer size, int instances, FactReading<IReadOnlyList<QuotaUsage>>? quotas)
    {
        var cores = (long)instances * size.Cores;
        var more = cores - (long)now.Cores;
        return Check(quotas, size.Family, IsSame(size, now.Size) ? more : cores, more);
    }

    /// <summary>Why one could not go back; null when one could. What the plan frees is had again, as long as all of it is within the quota now.</summary>
    public static string? WhyNoWayBack(FleetNow now, FactReading<IReadOnlyList<QuotaUsage>>? quotas) => quotas switch
    {
        null => null,
        FactReading<IReadOnlyList<QuotaUsage>>.Known known => Counting(known.Value, now.Size.Family) is { Count: 2 } counting
            ? counting.Find(quota => quota.Used > quota.Limit) is { } full ? $"the quota {full.Name} is overdrawn: what is given up would not be had again" : null
            : $"the quota {now.Size.Family} is not among those that Azure tells",
        FactReading<IReadOnlyList<QuotaUsage>>.Unknown unknown => Unread(unknown),
        _ => throw new InvalidOperationException("a reading is neither known nor unknown"),
    };

    private static string? Check(FactReading<IReadOnlyList<QuotaUsage>>? quotas, string family, long ofFamily, long ofAll)
    {
        switch (quotas)
        {
            case null:
                return null;
            case FactReading<IReadOnlyList<QuotaUsage>>.Known known:
                var counting = Counting(known.Value, family);
                return counting.Count < 2 ? $"the quota {family} is not among those that Azure tells"
                    : counting.Find(quota => (quota.Is(QuotaUsage.AllCores) ? ofAll : ofFamily) is > 0 and var wanted && wanted > quota.Left) is { } full
                        ? $"the quota {full.Name} has {full.Used} of {full.Limit} cores in use, too many for {(full.Is(QuotaUsage.AllCores) ? ofAll : ofFamily)} more"
                    : null;
            default:
                return Unread((FactReading<IReadOnlyList<QuotaUsage>>.Unknown)quotas);
        }
    }

    private static List<QuotaUsage> Counting(IReadOnlyList<QuotaUsage> quotas, string family) =>
        [.. quotas.Where(quota => quota.Is(QuotaUsage.AllCores) || quota.Is(family))];

    private static string Unread(FactReading<IReadOnlyList<QuotaUsage>>.Unknown unknown) => $"the quotas of cores could not be read: {unknown.Why}";

    private static bool IsSame(SizeOffer size, SizeOffer other) => size.Family.Equals(other.Family, StringComparison.OrdinalIgnoreCase);
}
