using ScaleFunctions.Core.Journal;
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
        LongestSnooze = policies.Usage?.OffHours.LongestSnooze,
        Signals = [.. evaluation.Readings.Select(reading => Of(reading, evaluation, policies.LoadBased))],
    };

    private static SignalStanding Of(SignalReading reading, TargetEvaluation evaluation, LoadBasedScalingPolicy? policy)
    {
        var edge = evaluation.Outcome.Decision.Counterfactuals.FirstOrDefault(each => each.Signal == reading.Signal);
        var signal = policy?.Signals.FirstOrDefault(signal => signal.Name == reading.Signal);
        var (value, instances, load) = reading switch
        {
            SignalReading.Present present => (present.Value, present.Instances, present.Load),
            SignalReading.Partial partial => (partial.Value, partial.Instances, partial.Load),
            _ => ((double?)null, (double?)null, (double?)null),
        };
        return new SignalStanding(
            reading.Signal,
            Shown(signal?.From),
            value,
            instances,
            policy?.TargetTracking.FirstOrDefault(tracking => tracking.Signal == reading.Signal)?.Target,
            edge?.OutAbove,
            edge?.InBelow,
            ReadingText.Doubt(reading))
        {
            Total = signal is { Measures: SignalMeasure.Total } ? load : null,
            Selector = signal?.From is SignalSource.Metric { Selector: var selector } && !IsPlain(selector) ? selector : null,
            Resource = signal?.From is SignalSource.Metric { IsOwn: false, Resource: var resource } ? resource : null,
            Region = signal?.From is SignalSource.Metric { IsOwn: false } other ? other.Of(evaluation.Target).Region : null,
            Percentile = (signal?.From as SignalSource.Metric)?.Combination.Percentile,
            Measures = signal?.Measures ?? SignalMeasure.PerInstance,
            Kind = signal?.From switch
            {
                SignalSource.Calculated => SignalKind.Formula,
                SignalSource.Queue => SignalKind.Queue,
                SignalSource.Query => SignalKind.Query,
                _ => SignalKind.Metric,
            },
            Inputs = reading.Inputs.Count == 0 ? null : [.. reading.Inputs.Select(input => Input(input, policy))],
        };
    }

    private static SignalInput Input(SignalReading input, LoadBasedScalingPolicy? policy) => new(
        input.Signal,
        policy?.Signals.FirstOrDefault(signal => signal.Name == input.Signal) is { } signal ? FormulaReader.NumberOf(signal, input) : null,
        ReadingText.Doubt(input));

    /// <summary>The name alone of a plain metric, which is also how it is asked for.</summary>
    private static string Shown(SignalSource? source) => source switch
    {
        SignalSource.Metric { Selector: var selector } when IsPlain(selector) => selector.Name,
        _ => source?.ToString() ?? "",
    };

    private static bool IsPlain(MetricSelector selector) => selector is { Namespace: "", Aggregation: MetricAggregation.Average, Dimensions: [] };
}
