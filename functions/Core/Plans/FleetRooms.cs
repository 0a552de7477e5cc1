using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Keeps a fleet under its caps although batches raise side by side: what is left at the start of a tick is dealt out to the
/// batches, so that together they cannot add more than that, whatever each of them does. No batch waits for another.
/// </summary>
/// <example>400 instances may be had, 394 are there, three batches: each may add two in this tick.</example>
public static class FleetRooms
{
    private const int SpendDecimals = 4;

    /// <summary>What may be added to the whole fleet.</summary>
    /// <param name="guardrails">All guardrails.</param>
    /// <param name="members">Every resource there is, as workload, size and instances.</param>
    public static IReadOnlyList<FleetRoom> Of(
        IReadOnlyList<GuardrailsPolicy> guardrails, IReadOnlyList<FleetMember> members) =>
    [
        .. from policy in guardrails
           let fleet = policy.Fleet
           where fleet is not null
           let bounded = members.Where(member => policy.Bounds(member.Workload)).ToList()
           select new FleetRoom(
               policy.Name,
               fleet.MaximumInstances is { } most ? (int)Math.Max(0, most - bounded.Sum(member => (long)member.Instances)) : null,
               fleet.SpendPerHour is { } cap
                   ? Math.Max(0, cap - bounded.Sum(member => member.Instances * (member.PriceBy(policy.Prices) ?? 0)))
                   : null),
    ];

    /// <summary>Deals what is left out to batches. What does not divide goes to another batch each turn, so that none starves.</summary>
    /// <param name="room">What may be added altogether.</param>
    /// <param name="policy">The guardrails it is of.</param>
    /// <param name="batches">For each batch the members that the guardrails bound; batches without any get nothing.</param>
    /// <param name="turn">Number of the tick.</param>
    public static IReadOnlyList<FleetRoom> Deal(
        FleetRoom room, GuardrailsPolicy policy, IReadOnlyList<IReadOnlyList<FleetMember>> batches, long turn)
    {
        var weights = batches.Select(batch => batch.Count).ToArray();
        var instances = room.Instances is { } left ? Units(left, weights, turn) : null;
        var prices = batches.SelectMany(batch => batch).Select(member => member.PriceBy(policy.Prices)).OfType<decimal>().ToList();

        // Money is dealt in units that buy at least one instance of any size: a share that buys none helps nobody.
        var unit = prices.Count > 0 ? prices.Max() : 1;
        var count = room.Spend is { } spend ? (int)Math.Min(int.MaxValue, Math.Floor(spend / unit)) : 0;
        var units = room.Spend is null ? null : Units(count, weights, turn);
        var favoured = Favoured(weights, turn);
        return
        [
            .. batches.Select((_, batch) => new FleetRoom(
                room.Guardrails,
                instances?[batch],
                units is null ? null : decimal.Round(
                    (units[batch] * unit) + (batch == favoured ? room.Spend!.Value - (count * unit) : 0), SpendDecimals, MidpointRounding.ToZero))),
        ];
    }

    private static int[] Units(int count, int[] weights, long turn)
    {
        var total = weights.Sum(weight => (long)weight);
        if (total == 0)
        {
            return new int[weights.Length];
        }

        var shares = weights.Select(weight => (int)((long)count * weight / total)).ToArray();
        var rest = count - shares.Sum();
        for (var (given, batch) = (0, Favoured(weights, turn)); given < rest; batch = (batch + 1) % weights.Length)
        {
            if (weights[batch] > 0)
            {
                shares[batch]++;
                given++;
            }
        }

        return shares;
    }

    /// <summary>The batch whose turn it is, of those that have members.</summary>
    private static int Favoured(int[] weights, long turn)
    {
        var wanting = Enumerable.Range(0, weights.Length).Where(batch => weights[batch] > 0).ToList();
        return wanting.Count == 0 ? -1 : wanting[(int)(turn % wanting.Count)];
    }
}
