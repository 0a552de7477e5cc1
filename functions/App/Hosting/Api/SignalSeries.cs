using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>One signal over time, in columns: a chart wants them so, and they are a third of the size.</summary>
/// <param name="Signal">Name in the policy.</param>
/// <param name="Metric">What it reads: an Azure Monitor metric, or a formula.</param>
/// <param name="Target">The value to keep; absent when no rule follows the signal.</param>
/// <param name="OutAbove">Scales out above this, as of the last evaluation; absent likewise.</param>
/// <param name="InBelow">Scales in below this, as of the last evaluation; absent likewise.</param>
/// <param name="At">Start of each minute, in seconds since 1970.</param>
/// <param name="Value">Mean per reporting instance; of a total the share of one instance.</param>
/// <param name="Instances">Instances that reported; absent where the metric does not count them.</param>
/// <param name="Doubt">Why there are no values; empty when there are.</param>
internal sealed record SignalSeries(
    string Signal, string Metric, double? Target, double? OutAbove, double? InBelow,
    IReadOnlyList<long> At, IReadOnlyList<double?> Value, IReadOnlyList<double?> Instances, string Doubt)
{
    /// <summary>What a formula was calculated from at the last evaluation; absent for what is no formula.</summary>
    public IReadOnlyList<SignalInput>? Inputs { get; init; }
}
