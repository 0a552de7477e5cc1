namespace ScaleFunctions.Core.State;

/// <summary>What one signal said at an evaluation, and where it would have changed the decision.</summary>
/// <param name="Signal">Name in the policy.</param>
/// <param name="Metric">Azure Monitor metric name.</param>
/// <param name="Value">Mean per reporting instance; absent when it could not be read.</param>
/// <param name="Instances">Instances that reported; absent likewise.</param>
/// <param name="Target">The value to keep; absent when no rule follows the signal.</param>
/// <param name="OutAbove">Scales out above this; absent when no rule follows the signal.</param>
/// <param name="InBelow">Scales in below this; absent likewise.</param>
/// <param name="Doubt">Why the signal proves nothing; empty when it does.</param>
public sealed record SignalStanding(
    string Signal, string Metric, double? Value, double? Instances, double? Target, double? OutAbove, double? InBelow, string Doubt);
