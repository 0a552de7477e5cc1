namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What an instance that runs is on average, beside one of the size its resource began with.</summary>
/// <param name="Power">How much load it carries beside that: twice the cores, twice the load; nothing where it is not well.</param>
/// <param name="Memory">How much memory it has beside that.</param>
internal readonly record struct FleetStrength(double Power, double Memory)
{
    public static FleetStrength AsBegun { get; } = new(1, 1);
}
