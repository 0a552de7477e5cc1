using ScaleFunctions.Core.Plans.Guards;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Every guard, in the order they are asked. Stops by people come first, so that they are what is told; then who may
/// change it at all; then doubt about
/// the target; then pace; then what is left of the change is checked against flapping and the bounds, which must see the
/// final goal; then money, which is only spent on what is left of it; permission and mode come last, so that observe mode tells exactly what acting would have done.
/// </summary>
public static class PlanGuards
{
    public static IReadOnlyList<IPlanGuard> All { get; } =
    [
        new StopGuard(),
        new OwnershipGuard(),
        new ChangeCalendarGuard(),
        new PlacementGuard(),
        new InFlightGuard(),
        new ForeignOperationGuard(),
        new PlausibilityGuard(),
        new DoubtGuard(),
        new ActuatorGuard(),
        new CooldownGuard(),
        new ActionsGuard(),
        new RateGuard(),
        new FlappingGuard(),
        new BoundsGuard(),
        new StepsGuard(),
        new FleetGuard(),
        new DeclaredKindGuard(),
        new ModeGuard(),
    ];
}
