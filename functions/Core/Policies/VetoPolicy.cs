namespace ScaleFunctions.Core.Policies;

/// <summary>Nothing is scaled in while a signal is above a value, or cannot be read.</summary>
/// <param name="Signal">Name of a signal of the same policy.</param>
/// <param name="Above">In the unit of the metric.</param>
public sealed record VetoPolicy(string Signal, double Above);
