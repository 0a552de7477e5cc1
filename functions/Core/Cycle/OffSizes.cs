using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The size of an App Service plan in off-hours, and the one it gets back.</summary>
internal static class OffSizes
{
    /// <summary>Nobody works on it when it is lowered; and the way back is owed.</summary>
    public static SizeTerms Terms { get; } = new() { Mode = SizeMode.Act, MayInterrupt = true };

    private static readonly IReadOnlyList<IPlanGuard> Always =
    [
        new StopGuard(), new QuarantineGuard(), new OwnershipGuard(), new LockGuard(), new InFlightGuard(), new ForeignOperationGuard(),
        new SizeActuatorGuard(), new SizeFitGuard(), new ModeGuard(), new PermissionGuard(),
    ];

    /// <summary>What holds a lowering of the count for a while holds that of a size.</summary>
    private static readonly IReadOnlyList<IPlanGuard> OfLowering = [.. Always, new ChangeCalendarGuard(), new SizePlacementGuard(), new DoubtGuard()];

    /// <summary>Another size than it had is new to guardrails, and may cost more.</summary>
    private static readonly IReadOnlyList<IPlanGuard> OfAlternative = [.. Always, new SizePlacementGuard(), new SizeSpendGuard()];

    /// <summary>Those of the size a resource had before.</summary>
    public static IReadOnlyList<IPlanGuard> OfReturn => Always;

    public static IReadOnlyList<IPlanGuard> Guards(OffStep off) => off.Wish is not OffWish.Return ? OfLowering : IsOwn(off) ? Always : OfAlternative;

    public static SizeDecision Decision(ObservedTarget target, OffStep off) => new(target.Sku, off.Size!, new SizeReason.OffHours(Why(off)));

    public static ActionOrder Order(SizePlan plan, TargetEvaluation evaluation, string policyVersion) => ActionOrder.Of(plan, evaluation, policyVersion) with
    {
        // Nobody watches whether it does.
        RollOut = null,
        Policy = evaluation.Context.Horizontal.Name,
        ReasonCode = "off-hours",
    };

    private static bool IsOwn(OffStep off) => string.Equals(off.Size, off.Memory?.Size, StringComparison.OrdinalIgnoreCase);

    private static string Why(OffStep off) => off.Wish is not OffWish.Return ? $"off-hours; it gets {off.Memory?.Size} back"
        : IsOwn(off) ? "the size it had before off-hours"
        : $"in the place of {off.Memory?.Size}, which Azure did not give it";
}
