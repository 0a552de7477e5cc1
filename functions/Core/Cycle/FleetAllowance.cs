using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.State;
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
        Take(plan.Change.From.Name, plan.Change.To.Name, plan.Instances, target, policies);

    /// <summary>What was asked for since a time, as its row tells: instances, and bigger sizes, the way back to one included.</summary>
    public void TakeSince(DateTimeOffset since, TargetRow row, ObservedTarget target, TargetPolicies.Resolved policies)
    {
        var raises = row.History.Changes.Where(change => change.At >= since && change.To > change.From);
        Take(raises.Sum(change => change.To - change.From), target, policies);
        foreach (var change in row.Sizes.Changes.Where(change => change.At >= since))
        {
            Take(change.From, change.To, Math.Max(target.Capacity, row.LastKnownCapacity ?? 0), target, policies);
        }

        // A machine that was stopped for a size is on its way to it before that is written.
        if (row.Restage is { } restage && restage.StartedAt >= since)
        {
            Take(restage.From, restage.To, 1, target, policies);
        }
    }

    private void Take(string from, string to, int instances, ObservedTarget target, TargetPolicies.Resolved policies) =>
        Left = [.. Left.Select(room => policies.Guardrails.FirstOrDefault(guardrails => guardrails.Name == room.Guardrails)?.Prices is { } prices
            && prices.Of(PriceQuery.Of(target) with { Sku = from }) is { } now
            && prices.Of(PriceQuery.Of(target) with { Sku = to }) is { } then
                ? room.Pay(instances * Math.Max(0, then.PerHour.Amount - now.PerHour.Amount))
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
