using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a batch may still add; less with each raise it carries out.</summary>
internal sealed class FleetAllowance(IReadOnlyList<FleetRoom> rooms)
{
    public IReadOnlyList<FleetRoom> Left { get; private set; } = rooms;

    public void Take(Plan plan, ObservedTarget target, TargetPolicies.Resolved policies)
    {
        Take(plan.Adds, target, policies);
    }

    /// <param name="added">Instances; what is taken away gives nothing back.</param>
    /// <param name="target">What they are added to.</param>
    /// <param name="policies">What bounds them.</param>
    public void Take(int added, ObservedTarget target, TargetPolicies.Resolved policies)
    {
        if (added > 0)
        {
            Left = [.. Left.Select(room => policies.Guardrails.FirstOrDefault(guardrails => guardrails.Name == room.Guardrails) is { } bounding
                ? room.Take(added, bounding.Prices?.Of(PriceQuery.Of(target))?.PerHour.Amount)
                : room)];
        }
    }
}
