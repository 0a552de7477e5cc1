namespace ScaleFunctions.Core.Backtests;

/// <summary>What a signal shows in a replay.</summary>
public enum ReplayedAs
{
    /// <summary>The processors of the simulated fleet, at most 100 %.</summary>
    Cpu,

    /// <summary>The load that was carried, in the unit of the recording.</summary>
    Load,

    /// <summary>What a formula makes of the others.</summary>
    Calculated,

    /// <summary>Nothing: one recorded load does not tell it.</summary>
    Missing,

    /// <summary>Nothing, and it cannot be left out: rules follow it.</summary>
    Unfit,
}
