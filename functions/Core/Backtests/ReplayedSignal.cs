using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests;

/// <summary>A signal in a replay.</summary>
/// <param name="Policy">The signal.</param>
/// <param name="As">What it shows.</param>
/// <param name="Why">Why it shows nothing; empty when it does.</param>
/// <param name="Source">Where it is written.</param>
public sealed record ReplayedSignal(SignalPolicy Policy, ReplayedAs As, string Why, PolicySource Source)
{
    public string Name => Policy.Name;

    /// <summary>What each signal of a policy shows.</summary>
    /// <param name="policy">The policy; without one there are no signals.</param>
    /// <param name="chosen">
    /// The signal that the load stands for; without one only processors can be replayed, and any other that a rule needs is unfit.
    /// </param>
    public static IReadOnlyList<ReplayedSignal> Of(LoadBasedScalingPolicy? policy, string? chosen)
    {
        if (policy is null)
        {
            return [];
        }

        var needed = Needed(policy);
        return [.. policy.Signals.Select((signal, index) =>
        {
            var source = policy.Origins.Of($"spec.signals[{index}].name") ?? policy.Source;
            var (isChosen, why) = (signal.Name == chosen, WhyNot(signal, signal.Name == chosen));
            return signal.From is SignalSource.Calculated && !isChosen ? new ReplayedSignal(signal, ReplayedAs.Calculated, "", source)
                : why.Length > 0 ? new ReplayedSignal(signal, isChosen || (chosen is null && needed.Contains(signal.Name)) ? ReplayedAs.Unfit : ReplayedAs.Missing, why, source)
                : new ReplayedSignal(signal, IsPercentage(signal) ? ReplayedAs.Cpu : ReplayedAs.Load, "", source);
        })];
    }

    /// <summary>Those that rules follow, and what their formulas are calculated from.</summary>
    private static HashSet<string> Needed(LoadBasedScalingPolicy policy)
    {
        var needed = new HashSet<string>();
        var open = new Stack<SignalPolicy>(policy.Signals.Where(signal => policy.Follows(signal.Name)));
        while (open.TryPop(out var signal))
        {
            if (needed.Add(signal.Name) && signal.From is SignalSource.Calculated { Formula: var formula })
            {
                foreach (var operand in policy.Signals.Where(each => formula.Signals.Any(used => used.Name == each.Name)))
                {
                    open.Push(operand);
                }
            }
        }

        return needed;
    }

    private static string WhyNot(SignalPolicy signal, bool isChosen) => signal.From switch
    {
        SignalSource.Calculated => isChosen ? "a formula is calculated; the load can only stand for what it is calculated from" : "",
        SignalSource.Queue => "messages that wait depend on how fast they are worked off, which a load does not tell",
        SignalSource.Query => "what a query would have answered is not recorded",
        SignalSource.Metric { IsOwn: false } when signal.Measures != SignalMeasure.Total => "it is the number of another resource, which the load of this one does not tell",
        _ when isChosen || IsCpu(signal) => "",
        _ when signal.Measures == SignalMeasure.Total => "it is a total, and how much of it one instance carries is not recorded",
        _ => "it is not the processor, and how it goes with the load is not recorded",
    };

    private static bool IsPercentage(SignalPolicy signal) => SignalScale.Highest(signal) is not null;

    private static bool IsCpu(SignalPolicy signal) => IsPercentage(signal)
        && signal.From is SignalSource.Metric { IsOwn: true, Selector.Name: var name } && name.Contains("cpu", StringComparison.OrdinalIgnoreCase);
}
