using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Adapters.Prices;

/// <summary>Every type of resource that has a price.</summary>
internal static class MeterRules
{
    public static IReadOnlyList<IMeterRule> All { get; } = [new VirtualMachineMeters(), new PlanMeters(), new EventHubMeters(), .. StandingMeters.All];

    public static IMeterRule? Of(PriceQuery query) => All.FirstOrDefault(rule => rule.ResourceTypes.Contains(query.ResourceType));
}
