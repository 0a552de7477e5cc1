using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>
/// Adds or removes a number of instances when a signal crosses a threshold. The largest step that applies counts. What is
/// compared is the load spread over all instances asked for: those that boot will take their share, so that one need is not
/// answered twice.
/// </summary>
/// <example>
/// Above 70 add 2, above 90 add 5, below 30 remove 1:
/// <code>
/// instances  reporting  CPU   compared  asks for
///         4          4  80 %     80 %         6
///         4          4  95 %     95 %         9
///         6          4  80 %     53 %         6   two boot and will take their share
///         6          6  20 %     20 %         5
///         6          5  20 %     28 %         5   a silent one counts as busy up to the lowest threshold out, 70 %
/// </code>
/// </example>
public sealed class StepScaling : IScalingRule
{
    public IEnumerable<Advice> Advise(ScalingContext context) => context.LoadBased is { Steps: { Count: > 0 } steps } ? Advise(steps, context) : [];

    private static IEnumerable<Advice> Advise(IReadOnlyList<StepPolicy> all, ScalingContext context) =>
        from steps in all.GroupBy(step => step.Signal)
        let reading = context.Readings.FirstOrDefault(reading => reading.Signal == steps.Key) ?? new SignalReading.Missing(steps.Key, "not read")
        select MissingData.Answer(Advise([.. steps], reading, context.Current), steps.Key, context);

    private static Advice Advise(List<StepPolicy> steps, SignalReading reading, int current) => reading switch
    {
        SignalReading.Present present => Step(
            steps, reading.Signal, present.Instances, present.Load, Math.Max(present.Load, present.BusyLoad), current, provesLowLoad: true),
        SignalReading.Partial partial => Step(steps, reading.Signal, partial.Instances, partial.Load, partial.Load, current, provesLowLoad: false, partial.Doubt),
        _ => Advice.Blind(reading, current),
    };

    private static Advice Step(List<StepPolicy> steps, string signal, double reporting, double load, double busyLoad, int current, bool provesLowLoad, string doubt = "samples are missing")
    {
        if (!double.IsFinite(reporting + load + busyLoad))
        {
            return Advice.Blind(signal, "its numbers cannot be true", current);
        }

        var instances = Math.Max(1, current);
        var outAbove = steps.Where(step => step.Above is not null).Select(step => step.Above!.Value).DefaultIfEmpty(double.MaxValue).Min();
        var silent = outAbove < double.MaxValue ? Math.Max(0, current - reporting) * outAbove : 0;
        var (value, cautious) = (load / instances, (busyLoad + silent) / instances);
        var advice = new Advice
        {
            Desired = current,
            AllowsScaleIn = provesLowLoad,
            Reason = new ScalingReason.BetweenSteps(signal, value),
            Projection = outAbove < double.MaxValue ? new LoadProjection(signal, busyLoad + silent, outAbove) : null,
        };
        if (steps.Where(step => value > step.Above).MaxBy(step => step.Change) is { } up)
        {
            return advice with
            {
                Desired = (int)Math.Min(1_000_000L, (long)current + up.Change),
                Reason = new ScalingReason.SteppedOut(signal, value, up.Above!.Value, up.Change),
            };
        }

        // With no step out there is nothing to count a silent instance as, so it proves nothing.
        var isProven = provesLowLoad && (outAbove < double.MaxValue || reporting >= current);
        return steps.Where(step => cautious < step.Below).MaxBy(step => step.Change) is not { } down ? advice
            : isProven
                ? advice with { Desired = Math.Max(Math.Min(1, current), current - down.Change), Reason = new ScalingReason.SteppedIn(signal, value, down.Below!.Value, down.Change) }
                : advice with { AllowsScaleIn = false, Reason = new ScalingReason.InDoubt(signal, $"{doubt}, which may hide load") };
    }
}
