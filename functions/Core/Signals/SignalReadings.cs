using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Reads all signals of a policy for one target.</summary>
public static class SignalReadings
{
    /// <summary>A reading for each signal, in the order of the policy.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="metrics">The samples, by the name of the signal.</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="capacity">Instances asked for.</param>
    /// <param name="lastBusyAt">By signal: when it was last seen above zero.</param>
    public static IReadOnlyList<SignalReading> Of(
        IReadOnlyList<SignalPolicy> signals, IReadOnlyDictionary<string, MetricSeries> metrics, DateTimeOffset now, int capacity,
        IReadOnlyDictionary<string, DateTimeOffset> lastBusyAt)
    {
        var known = new Dictionary<string, (SignalPolicy Policy, SignalReading Reading)>();
        foreach (var signal in signals)
        {
            Read(signal);
        }

        return [.. signals.Select(signal => known[signal.Name].Reading)];

        // The binding refuses formulas that need themselves; what is left of one here reads as missing, and ends.
        void Read(SignalPolicy signal)
        {
            if (!known.TryAdd(signal.Name, (signal, new SignalReading.Missing(signal.Name, "it needs itself"))))
            {
                return;
            }

            if (signal.From is SignalSource.Calculated { Formula: var formula })
            {
                foreach (var operand in formula.Signals.SelectMany(operand => signals.Where(each => each.Name == operand.Name)))
                {
                    Read(operand);
                }

                known[signal.Name] = (signal, FormulaReader.Read(signal, formula, known, capacity, now));
                return;
            }

            known[signal.Name] = (signal, Sampled(signal));
        }

        SignalReading Sampled(SignalPolicy signal) => SignalReader.Read(
            signal,
            metrics.GetValueOrDefault(signal.Name) ?? new MetricSeries.Failed("not read"),
            now,
            capacity,
            lastBusyAt.TryGetValue(signal.Name, out var busyAt) ? busyAt : null);
    }
}
