using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Makes what a row keeps of an evaluation besides its decision.</summary>
internal static class TargetStandings
{
    public static TargetStanding Of(TargetEvaluation evaluation, TargetPolicies.Resolved policies, PolicyMode ceiling) => new()
    {
        Workload = policies.Workload.Name,
        Mode = policies.Workload.Mode < ceiling ? policies.Workload.Mode : ceiling,
        Minimum = evaluation.Minimum,
        Maximum = evaluation.Maximum,
        Region = evaluation.Target.Region,
        Sku = evaluation.Target.Sku,
        Signals = [.. evaluation.Readings.Select(reading => Of(reading, evaluation, policies.LoadBased))],
    };

    private static SignalStanding Of(SignalReading reading, TargetEvaluation evaluation, LoadBasedScalingPolicy? policy)
    {
        var (value, instances, doubt) = reading switch
        {
            SignalReading.Present present => (present.Value, present.Instances, ""),
            SignalReading.Partial partial => (partial.Value, partial.Instances, $"{partial.Samples} of {partial.Expected} samples"),
            SignalReading.Missing missing => ((double?)null, (double?)null, missing.Reason),
            SignalReading.Stale stale => (null, null, $"the newest sample is of {stale.Newest:HH:mm}"),
            SignalReading.SuspiciousZero => (null, null, "exactly zero shortly after being busy"),
            _ => throw new ArgumentOutOfRangeException(nameof(reading)),
        };
        var edge = evaluation.Outcome.Decision.Counterfactuals.FirstOrDefault(each => each.Signal == reading.Signal);
        return new SignalStanding(
            reading.Signal,
            policy?.Signals.FirstOrDefault(signal => signal.Name == reading.Signal)?.Metric ?? "",
            value,
            instances,
            policy?.TargetTracking.FirstOrDefault(tracking => tracking.Signal == reading.Signal)?.Target,
            edge?.OutAbove,
            edge?.InBelow,
            doubt);
    }
}
