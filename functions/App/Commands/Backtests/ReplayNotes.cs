using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>Tells what a replay rests on, and what it cannot know.</summary>
internal static class ReplayNotes
{
    public static void Tell(ReplayInputs inputs, ReplayRequest request)
    {
        var (span, demand) = (inputs.Span, inputs.Load.Demand);
        Terminal.Note(
            $"{inputs.Setup.Policies.Workload.Name}, policies {inputs.Policies.Version[..12]}, on {request.Trace}: {span.ScoredFrom.UtcDateTime:yyyy-MM-dd HH:mm} to {span.To.UtcDateTime:yyyy-MM-dd HH:mm} UTC, "
            + $"{SpanText.Describe(span.Scored)} scored after {(span.WarmUpMinutes == 0 ? "no warm-up" : $"{SpanText.Describe(span.WarmUp)} to warm up")}; {demand.MeanInstances:0.#} instances needed on the average, {demand.Peak} at most");
        foreach (var note in Of(inputs))
        {
            Terminal.Note($"note: {note}");
        }
    }

    /// <summary>What a reader of the figures has to know.</summary>
    public static IEnumerable<string> Of(ReplayInputs inputs)
    {
        if (inputs.Setup.Policies.LoadBased is null && !inputs.Setup.Policies.Horizontal.FollowsSchedule)
        {
            yield return $"the workload '{inputs.Setup.Policies.Workload.Name}' has no LoadBasedScaling: only its bounds and floors count";
        }

        foreach (var signal in inputs.Setup.Signals.Where(signal => signal.As is ReplayedAs.Missing or ReplayedAs.Load))
        {
            yield return signal.As == ReplayedAs.Load
                ? $"the load stands for the signal '{signal.Name}', in the unit of the recording; an instance carries {inputs.Load.UnitsPerInstance:0.###} of it at 80 % CPU"
                : $"the signal '{signal.Name}' ({signal.Source}) is missing throughout: {signal.Why}. Rules that need it do not scale in";
        }

        foreach (var note in inputs.Notes)
        {
            yield return note;
        }

        if (inputs.Load.CappedMinutes is > 0 and var capped)
        {
            yield return $"in {capped} minutes the recording is at its end: how much was wanted then it cannot say, so shortage in them is a lower bound";
        }

        if (inputs.Setup.Native is { } native)
        {
            foreach (var unshown in new AutoscaledFleet(native, inputs.Load, inputs.Setup.Signals).Unshown())
            {
                yield return $"the autoscale setting '{inputs.NativeName}': {unshown}";
            }
        }

        var most = inputs.Setup.Policies.Horizontal.Maximum;
        if (inputs.Load.Demand.Peak > most)
        {
            yield return $"the load needs up to {inputs.Load.Demand.Peak} instances and the maximum is {most}{(inputs.IsMeasured ? "" : "; with --mean the size of the fleet is chosen")}";
        }
    }
}
