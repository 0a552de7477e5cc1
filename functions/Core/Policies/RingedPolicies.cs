using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>
/// A changed set of policies that counts for some resources first. All others go by the set before it. So does all that is not of one
/// resource: caps and prices of a fleet, budgets, costs, channels, findings of what stands about.
/// </summary>
/// <param name="Next">The changed set.</param>
/// <param name="Rings">All rings, in their order.</param>
/// <param name="Reached">Number of the last ring that has the changed set, from 0 on.</param>
public sealed record RingedPolicies(PolicySet Next, IReadOnlyList<PolicyRing> Rings, int Reached)
{
    /// <summary>Whether the changed set counts for a resource: a ring holds those before it.</summary>
    public bool Reaches(ObservedTarget target)
    {
        for (var ring = 0; ring <= Reached && ring < Rings.Count; ring++)
        {
            if (Rings[ring].Holds(target))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a resource may be in a ring that was reached, and nobody can tell: it goes by the set before, and hides how the ring does.</summary>
    public bool IsUntold(ObservedTarget target) => !Reaches(target) && Rings.Take(Reached + 1).Any(ring => ring.IsUntold(target));

    /// <summary>What the changed set says about a resource of a ring, with all that counts for the whole fleet as it was.</summary>
    internal TargetPolicies For(PolicySet before, ObservedTarget target)
    {
        if (TargetPolicies.Resolve(Next, target) is not TargetPolicies.Resolved next)
        {
            return TargetPolicies.Resolve(Next, target);
        }

        var old = TargetPolicies.Resolve(before, target) as TargetPolicies.Resolved;
        var bounding = old?.Guardrails ?? [.. before.Guardrails.Where(guardrails => guardrails.Bounds(next.Workload.Name))];
        return next with
        {
            Guardrails = [.. next.Guardrails.Select(each => OfFleet(each, bounding)), .. bounding.Where(each => Counts(each) && next.Guardrails.All(other => other.Name != each.Name)).Select(OnlyOfFleet)],

            // A calendar that was taken away holds until all have the changed set.
            Freezes = [.. next.Freezes, .. (old?.Freezes ?? []).Where(freeze => Next.ChangeCalendars.All(calendar => calendar.Name != freeze.Calendar))],
            Findings = old?.Findings,

            // Adapters know a kind by its type alone.
            Declared = before.ResourceKinds.FirstOrDefault(kind => kind.IsOf(target.Id.ResourceType)) ?? next.Declared,
        };
    }

    private static bool Counts(GuardrailsPolicy guardrails) => guardrails is not { Fleet: null, Prices: null, MaxLoweredPercentPerHour: null };

    /// <summary>What is left of a cap is dealt out to the whole fleet by the guardrails' name, and all lower within the same hour.</summary>
    private static GuardrailsPolicy OfFleet(GuardrailsPolicy next, IReadOnlyList<GuardrailsPolicy> before) =>
        before.FirstOrDefault(each => each.Name == next.Name) is { } same
            ? next with { Fleet = same.Fleet, Prices = same.Prices, MaxLoweredPercentPerHour = same.MaxLoweredPercentPerHour }
            : next with { Fleet = null, Prices = null, MaxLoweredPercentPerHour = null };

    private static GuardrailsPolicy OnlyOfFleet(GuardrailsPolicy before) => new()
    {
        Name = before.Name,
        Owner = before.Owner,
        Workloads = before.Workloads,
        Fleet = before.Fleet,
        Prices = before.Prices,
        MaxLoweredPercentPerHour = before.MaxLoweredPercentPerHour,
        Source = before.Source,
        Origins = before.Origins,
    };
}
