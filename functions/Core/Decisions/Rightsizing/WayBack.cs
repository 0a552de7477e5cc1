namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>Whether what a resource has now could be had again. A plan without a way back is never recommended, and what is not known proves none.</summary>
public static class WayBack
{
    /// <summary>Why not, for people; null when there is one.</summary>
    public static string? WhyNot(FleetNow now, PlanningFacts facts) =>
        facts.Offers.FirstOrDefault(size => size.Name == now.Size.Name) is not { } offer ? $"no way back to {now.Size.Name}: it is not among the sizes of the region"
        : SizeChecks.WhyNot(offer, now.Size, facts.Needs) is { } closed ? $"no way back to {now.Size.Name}: {closed}"
        : facts is { Quotas: null, Needs.Offered: null } ? $"no way back is proven: which sizes the resource could have could not be read"
        : QuotaRoom.WhyNoWayBack(now, facts.Quotas) is { } full ? $"no way back to {now.Size.Name}: {full}"
        : null;
}
