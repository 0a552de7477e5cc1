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

    /// <summary>What a bigger size costs more is there for nobody else; what a smaller one saves gives nothing back.</summary>
    public void Take(SizePlan plan, ObservedTarget target, TargetPolicies.Resolved policies) =>
        Left = [.. Left.Select(room => policies.Guardrails.FirstOrDefault(guardrails => guardrails.Name == room.Guardrails)?.Prices is { } prices
            && prices.Of(PriceQuery.Of(target) with { Sku = plan.Change.From.Name }) is { } now
            && prices.Of(PriceQuery.Of(target) with { Sku = plan.Change.To.Name }) is { } then
                ? room.Pay(plan.Instances * Math.Max(0, then.PerHour.Amount - now.PerHour.Amount))
                : room)];

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
