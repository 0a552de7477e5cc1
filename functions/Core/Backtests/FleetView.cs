namespace ScaleFunctions.Core.Backtests;

/// <summary>What a policy can know at the start of a minute: the fleet's counts now, and metrics that come late.</summary>
/// <remarks>
/// The series end with the last minute whose metrics have arrived, so nothing later can be looked at.
/// At minute 100, with a lag of two minutes, they hold minutes 0 to 98 and <see cref="Seen"/> is 99.
/// </remarks>
public readonly ref struct FleetView
{
    /// <summary>The minute that is about to begin.</summary>
    public required int Minute { get; init; }

    /// <summary>Instances that serve now.</summary>
    public required int Ready { get; init; }

    /// <summary>Instances that are billed now, serving or booting.</summary>
    public required int Capacity { get; init; }

    /// <summary>Processor use of each minute that can be seen, as a share of 1.</summary>
    public required ReadOnlySpan<double> Cpu { get; init; }

    /// <summary>Instances that served in each minute that can be seen.</summary>
    public required ReadOnlySpan<int> Serving { get; init; }

    /// <summary>
    /// Load of each minute that can be seen, in instances: CPU × serving instances. What lay beyond full processors is not in it.
    /// </summary>
    public required ReadOnlySpan<double> Load { get; init; }

    /// <summary>How many minutes can be seen.</summary>
    public int Seen => Load.Length;
}
