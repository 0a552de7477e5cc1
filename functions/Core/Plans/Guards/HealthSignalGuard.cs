using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Plans.Guards;

/// <summary>
/// Changes a size by itself only where something tells whether it does: a size is taken back on that evidence, and without it a bad one
/// would stay. That is the health of the instances; of a kind of which Azure tells none, the metrics of the policy's guard, which have
/// to be within their bounds before anything is made smaller.
/// </summary>
public sealed class HealthSignalGuard : IPlanGuard
{
    public GuardVerdict Check(PlanDraft draft, PlanContext context) => context.Sizing switch
    {
        SizeReading.Read { IsJudgedByGuard: true } when context.SizeTerms?.Guard is null => Block(new GuardReason.NoHealthSignal()),
        SizeReading.Read { IsJudgedByGuard: true } when !draft.IsRaise && context.Guard is not GuardStanding.Within =>
            Block(new GuardReason.GuardMetricNotFine(context.Guard is { } standing ? GuardText.Of(standing) : "its metrics were not read")),
        SizeReading.Read { IsJudgedByGuard: false } read when read.Instances.All(instance => instance.Health == InstanceHealth.Unknown) => Block(new GuardReason.NoHealthSignal()),
        _ => new GuardVerdict.Pass(),
    };

    private static GuardVerdict.Block Block(GuardReason reason) => new(nameof(HealthSignalGuard), reason);
}
