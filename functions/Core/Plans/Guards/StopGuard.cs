namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>Nothing is changed while the kill switch is set or cannot be read, or the target is paused.</summary>
public sealed class StopGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Stop switch
    {
        WriteStop.None => new GuardVerdict.Pass(),
        WriteStop.KillSwitch stop => Block(new GuardReason.KillSwitchSet(stop.By, stop.Why, stop.At)),
        WriteStop.Pause pause => Block(new GuardReason.Paused(pause.By, pause.Why, pause.Until)),
        _ => Block(new GuardReason.KillSwitchUnreadable()),
    };

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(StopGuard), reason);
}
