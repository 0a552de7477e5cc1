using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>One line of the write log: what was known at the moment a write left for Azure.</summary>
internal sealed class WriteAttempt
{
    public required CapacityWrite Write { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The row as stored at that moment.</summary>
    public required TargetRow Stored { get; init; }

    /// <summary>The worker's port call before this one, and what a read of the kill switch among them said.</summary>
    public required string CallBefore { get; init; }

    public required bool? SawKillSwitch { get; init; }

    /// <summary>The worker's last read of the capacity in the same tick.</summary>
    public required CapacityReading? LastRead { get; init; }

    /// <summary>Whether the journal, not only the row, told of the sending.</summary>
    public required bool IsInJournal { get; init; }

    public required View View { get; init; }

    /// <summary>When it took effect, and on which capacity.</summary>
    public (DateTimeOffset At, int From)? Landed { get; set; }
}
