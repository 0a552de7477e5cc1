namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Holds what Azure has refused lately and will refuse again, for longer each time. It has a say once rights and locks were read:
/// they may be what has changed.
/// </summary>
public sealed class RefusalGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) =>
        context is { Refused: { } refused, Preflight.IsRead: true } && refused.HeldUntil(draft.Decision.Desired, context.Grounds) is var until && until > context.Now
            ? new GuardVerdict.Block(nameof(RefusalGuard), new GuardReason.Refused(refused.Code, refused.Message, refused.Times, refused.Since, until))
            : new GuardVerdict.Pass();
}
