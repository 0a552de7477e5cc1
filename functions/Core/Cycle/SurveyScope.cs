using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What an evaluation is about, and what bounds all of it.</summary>
/// <param name="Targets">The targets.</param>
/// <param name="InventoryDoubt">Why the inventory is unfit for lowering; empty when it is complete.</param>
/// <param name="Permits">Which lowerings may be carried out.</param>
internal sealed record SurveyScope(IReadOnlyList<ObservedTarget> Targets, string InventoryDoubt, LoweringPermits Permits)
{
    public IReadOnlyDictionary<string, string> Events { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<FleetRoom> Rooms { get; init; } = [];

    public Preflights Preflights { get; init; } = new(null, []);

    public string CauseOf(ObservedTarget target) => Events.GetValueOrDefault(target.Id.Key) ?? "";
}
