using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Reads numbers that have no history: what a queue holds now, what a log query answers.</summary>
public interface IMomentarySource
{
    /// <summary>Whether it reads sources of this kind.</summary>
    bool Reads(SignalSource source);

    /// <summary>
    /// Answers with <see cref="MetricSeries.Momentary"/>, or <see cref="MetricSeries.Failed"/>: faults of the service or of the way
    /// to it are never thrown.
    /// </summary>
    Task<MetricSeries> ReadAsync(SignalSource source, CancellationToken cancellationToken);
}
