using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What an application takes of memory, in percent of that of an instance of the size its resource began with.</summary>
/// <param name="AtRest">Without any load.</param>
/// <param name="PerCpu">More for each percent of CPU that its load takes of such an instance.</param>
/// <param name="FirstGiB">What such an instance has; absent where the size is not known.</param>
internal readonly record struct MemoryUse(double AtRest, double PerCpu, double? FirstGiB)
{
    public const double BytesPerGiB = 1024d * 1024 * 1024;

    // An operating system keeps a little for itself: it swaps, or ends what asks for more.
    private const double Most = 98;

    /// <param name="load">Load of an instance.</param>
    /// <param name="strength">What it is beside one of the first size.</param>
    public double PercentAt(double load, FleetStrength strength)
    {
        var cpu = Math.Min(100 * Math.Max(1, strength.Power), FleetModel.FullLoadCpuPercent * load);
        return Math.Min(Most, (AtRest + (PerCpu * cpu)) / strength.Memory);
    }
}
