using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>A minute of a resource as its metrics tell of it.</summary>
/// <param name="Fleet">Its instances, and the demand in instances as they are by then.</param>
/// <param name="Load">The demand in instances of the size it began with.</param>
/// <param name="Strength">What an instance is beside one of that size.</param>
/// <param name="Memory">What its application takes of memory.</param>
internal readonly record struct MeasuredMinute(FleetMinute Fleet, double Load, FleetStrength Strength, MemoryUse Memory)
{
    public int Ready => Fleet.Ready;

    public double? CpuPercent => Fleet.CpuPercent;

    /// <summary>Of the memory of an instance, what is in use; absent when nothing is ready to report.</summary>
    public double? MemoryPercent => Ready == 0 ? null : Memory.PercentAt(Load / Ready, Strength);

    /// <summary>Bytes of it that are free; absent when nothing is ready to report, or the size is not known.</summary>
    public double? FreeMemoryBytes =>
        MemoryPercent is { } used && Memory.FirstGiB is { } first ? (100 - used) / 100 * first * Strength.Memory * MemoryUse.BytesPerGiB : null;
}
