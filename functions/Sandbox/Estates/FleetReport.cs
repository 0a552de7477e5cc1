using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Sandbox.Estates;

/// <summary>How a simulated fleet stands and what it has cost its users so far.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Demand">Load now, in instances.</param>
/// <param name="Ready">Instances serving.</param>
/// <param name="Booting">Instances on their way.</param>
/// <param name="Capacity">Instances asked for, as Azure would show it.</param>
/// <param name="CpuPercent">Of the last whole minute; absent when nothing was ready.</param>
/// <param name="Minutes">Whole minutes simulated.</param>
/// <param name="InstanceHours">Billed.</param>
/// <param name="MinutesShort">Minutes with fewer ready instances than the demand needed.</param>
public sealed record FleetReport(
    TargetId Target, double Demand, int Ready, int Booting, int Capacity, double? CpuPercent,
    int Minutes, double InstanceHours, int MinutesShort);
