using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What a batch may still add; less with each raise it carries out.</summary>
internal sealed class FleetAllowance(IReadOnlyList<FleetRoom> rooms)
{
    public IReadOnlyList<FleetRoom> Left { get; private set; } = rooms;

    public void Take(Plan plan, string sku, TargetPolicies.Resolved policies)
    {
        if (plan.IsRaise)
        {
            Left = [.. Left.Select(room => policies.Guardrails.FirstOrDefault(guardrails => guardrails.Name == room.Guardrails) is { } bounding
                ? room.Take(plan.Goal - plan.From, bounding.Prices?.Of(sku))
                : room)];
        }
    }
}
