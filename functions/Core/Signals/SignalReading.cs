namespace ScaleFunctions.Core.Signals;

/// <summary>
/// What a signal says now. Only <see cref="Present"/> proves anything about low load; the other cases are doubt, and doubt
/// never lowers a capacity.
/// </summary>
/// <param name="Signal">Name of the signal in the policy.</param>
public abstract record SignalReading(string Signal)
{
    /// <summary>What a formula was calculated from, in the order in which it looked at them.</summary>
    public IReadOnlyList<SignalReading> Inputs { get; init; } = [];

    /// <param name="Signal">Name of the signal in the policy.</param>
    /// <param name="Value">Mean per reporting instance, in the unit of the metric; of a total, the share of one instance.</param>
    /// <param name="Instances">Mean number of instances that reported; of a total, the instances asked for.</param>
    /// <param name="Load">Mean of value × instances: what all instances together carry.</param>
    /// <param name="Newest">Start of the newest sample.</param>
    public sealed record Present(string Signal, double Value, double Instances, double Load, DateTimeOffset Newest)
        : SignalReading(Signal)
    {
        /// <summary>
        /// The load over the samples that are not exactly zero: what fewer instances have to carry. When a source breaks,
        /// its first zeros share a window with samples from before.
        /// </summary>
        public double BusyLoad { get; init; } = Load;
    }

    /// <summary>Some of what the number stands for is missing. What is there may raise a capacity, never lower it.</summary>
    public sealed record Partial(
        string Signal, double Value, double Instances, double Load, DateTimeOffset Newest, int Samples, int Expected)
        : SignalReading(Signal)
    {
        /// <summary>What is missing.</summary>
        public string Doubt { get; init; } = "samples are missing";
    }

    public sealed record Missing(string Signal, string Reason) : SignalReading(Signal);

    public sealed record Stale(string Signal, DateTimeOffset Newest, TimeSpan Age) : SignalReading(Signal);

    /// <summary>Exactly zero although it was busy shortly before: a broken source looks like this, a quiet service does not.</summary>
    public sealed record SuspiciousZero(string Signal, DateTimeOffset BusyAt) : SignalReading(Signal);
}
