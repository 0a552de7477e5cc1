using ScaleFunctions.Core.Plans.Guards;

namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Every guard, in the order they are asked. Stops by people come first, so that they are what is told; then who may
/// change it at all, and whether there is money for it; then doubt about the target; then pace; then what is left of the change is checked against flapping and
/// the bounds, which must see the final goal; then what must not be taken away, and what Azure has room for; then money, which is only spent on what is left
/// of it; then what is sold in steps, on one of which it has to end; then mode, so that observe mode tells exactly what acting
/// would have done. Whether we may write, and
/// whether Azure has refused it lately, is asked last: who only observes needs no right to.
/// </summary>
public static class PlanGuards
{
    public static IReadOnlyList<IPlanGuard> All { get; } =
    [
        new StopGuard(),
        new QuarantineGuard(),
        new HoldGuard(),
        new OwnershipGuard(),
        new LockGuard(),
        new ChangeCalendarGuard(),
        new BudgetFreezeGuard(),
        new PlacementGuard(),
        new InFlightGuard(),
        new RollOutGuard(),
        new ForeignOperationGuard(),
        new PlausibilityGuard(),
        new DoubtGuard(),
        new ActuatorGuard(),
        new CooldownGuard(),
        new ActionsGuard(),
        new RateGuard(),
        new FlappingGuard(),
        new BoundsGuard(),
        new ProtectionGuard(),
        new QuotaGuard(),
        new ShortageGuard(),
        new FleetGuard(),
        new StepsGuard(),
        new DeclaredKindGuard(),
        new ModeGuard(),
        new PermissionGuard(),
        new RefusalGuard(),
    ];

    /// <summary>
    /// Those of a size, in the same order of ideas; the last before modes is money, and what has to be asked of the resource itself
    /// comes after everything that need not be.
    /// </summary>
    public static IReadOnlyList<IPlanGuard> OfSizes { get; } =
    [
        new StopGuard(),
        new QuarantineGuard(),
        new OwnershipGuard(),
        new LockGuard(),
        new ChangeCalendarGuard(),
        new BudgetFreezeGuard(),
        new SizePlacementGuard(),
        new InFlightGuard(),
        new ForeignOperationGuard(),
        new DoubtGuard(),
        new SizeActuatorGuard(),
        new SizeRestGuard(),
        new SizeWindowGuard(),
        new SizeQuotaGuard(),
        new ShortageGuard(),
        new WayBackGuard(),
        new SizeFitGuard(),
        new InterruptionGuard(),
        new HealthSignalGuard(),
        new GuardMetricGuard(),
        new SizeSpendGuard(),
        new SizeModeGuard(),
        new ModeGuard(),
        new PermissionGuard(),
        new StrengthFirstGuard(),
    ];

    /// <summary>
    /// What only says that a change may not be wise: a person who takes an action back is told, and decides. Most come just after the
    /// action, so a cooldown would hold nearly all of them.
    /// </summary>
    public static IReadOnlyList<IPlanGuard> WarningsOfRollbacks { get; } = [new CooldownGuard(), new ActionsGuard(), new FlappingGuard(), new BudgetFreezeGuard()];

    /// <summary>Those that hold a person too who takes an action back; a hold that an earlier one left is replaced.</summary>
    public static IReadOnlyList<IPlanGuard> OfRollbacks { get; } =
        [.. All.Where(guard => guard is not HoldGuard && WarningsOfRollbacks.All(warning => warning.GetType() != guard.GetType()))];
}
