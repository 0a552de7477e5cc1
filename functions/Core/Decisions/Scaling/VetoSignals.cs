using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Forbids scaling in while a signal of trouble is up: errors, a long queue, a slow database. One that cannot be read
/// counts as up. It never asks for more instances: trouble is not always cured by them.
/// </summary>
public sealed class VetoSignals : IScalingRule
{
    public IEnumerable<Advice> Advise(ScalingContext context) => context.LoadBased is { Vetoes: { Count: > 0 } vetoes } ? Advise(vetoes, context) : [];

    private static IEnumerable<Advice> Advise(IReadOnlyList<VetoPolicy> vetoes, ScalingContext context) =>
        from veto in vetoes
        let reading = context.Readings.FirstOrDefault(reading => reading.Signal == veto.Signal)
        let signal = context.LoadBased!.Signals.FirstOrDefault(signal => signal.Name == veto.Signal)
        let reason = Reason(veto, reading, reading is null || signal is null ? null : FormulaReader.NumberOf(signal, reading))
        where reason is not null
        select new Advice { Desired = context.Current, AllowsScaleIn = false, Reason = reason };

    /// <summary>Trouble is compared as it was read: ten errors a minute are ten, however many instances share them.</summary>
    private static ScalingReason? Reason(VetoPolicy veto, SignalReading? reading, double? number) => reading switch
    {
        SignalReading.Present => number is { } value && double.IsFinite(value) && value <= veto.Above
            ? null
            : new ScalingReason.Vetoed(veto.Signal, number ?? double.NaN, veto.Above),
        SignalReading.Partial when number > veto.Above => new ScalingReason.Vetoed(veto.Signal, number.Value, veto.Above),
        SignalReading.Partial some => new ScalingReason.InDoubt(veto.Signal, $"{some.Doubt}, and it forbids scaling in when it is high"),
        _ => new ScalingReason.InDoubt(veto.Signal, "it cannot be read, and it forbids scaling in when it is high"),
    };
}
