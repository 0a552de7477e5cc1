using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Forbids scaling in while a signal of trouble is up: errors, a long queue, a slow database. One that cannot be read
/// counts as up. It never asks for more instances: trouble is not always cured by them.
/// </summary>
public sealed class VetoSignals : IScalingRule
{
    public IEnumerable<Advice> Advise(ScalingContext context) =>
        from veto in context.LoadBased?.Vetoes ?? []
        let reading = context.Readings.FirstOrDefault(reading => reading.Signal == veto.Signal)
        let reason = Reason(veto, reading)
        where reason is not null
        select new Advice { Desired = context.Current, AllowsScaleIn = false, Reason = reason };

    private static ScalingReason? Reason(VetoPolicy veto, SignalReading? reading) => reading switch
    {
        SignalReading.Present present => double.IsFinite(present.Value) && present.Value <= veto.Above
            ? null
            : new ScalingReason.Vetoed(veto.Signal, present.Value, veto.Above),
        SignalReading.Partial some when some.Value > veto.Above => new ScalingReason.Vetoed(veto.Signal, some.Value, veto.Above),
        SignalReading.Partial => new ScalingReason.InDoubt(veto.Signal, "samples are missing, and it forbids scaling in when it is high"),
        _ => new ScalingReason.InDoubt(veto.Signal, "it cannot be read, and it forbids scaling in when it is high"),
    };
}
