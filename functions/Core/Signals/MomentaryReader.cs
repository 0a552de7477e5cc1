using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Signals;

/// <summary>Turns one number of this moment into a reading. There is no window: it says nothing about the minutes before.</summary>
internal static class MomentaryReader
{
    /// <param name="signal">The signal.</param>
    /// <param name="read">What its source answered.</param>
    /// <param name="now">Time of the evaluation.</param>
    /// <param name="capacity">Instances asked for, which share a total.</param>
    /// <param name="busyAt">When the signal was last seen above zero, if ever.</param>
    public static SignalReading Read(SignalPolicy signal, MetricSeries.Momentary read, DateTimeOffset now, int capacity, DateTimeOffset? busyAt)
    {
        if (!SignalReader.IsUsable(new MetricPoint(read.At, read.Value, null)))
        {
            return new SignalReading.Missing(signal.Name, "the number cannot be true");
        }

        if (now - read.At > signal.MaximumAge)
        {
            return new SignalReading.Stale(signal.Name, read.At, now - read.At);
        }

        if (read.Value == 0 && !signal.IsZeroUsual && busyAt is { } busy && now - busy < SignalReader.ZeroDoubt)
        {
            return new SignalReading.SuspiciousZero(signal.Name, busy);
        }

        var instances = Math.Max(1, capacity);
        return signal.Measures == SignalMeasure.Total
            ? new SignalReading.Present(signal.Name, read.Value / instances, instances, read.Value, read.At)
            : new SignalReading.Present(signal.Name, read.Value, instances, read.Value * instances, read.At);
    }
}
