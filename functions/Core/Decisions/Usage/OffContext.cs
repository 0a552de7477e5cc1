using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Decisions.Usage;

/// <summary>All that a decision about off-hours may depend on.</summary>
public sealed record OffContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the policy says; absent when it says nothing, or not any more: what is off then comes back.</summary>
    public OffHoursTerms? Terms { get; init; }

    /// <summary>The hours of this target, which may have some of its own.</summary>
    public OffSchedule? Schedule { get; init; }

    /// <summary>Why nothing may be put off that is on, such as hours nobody can read; empty when it may.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What else there is to say; empty when there is nothing.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Instances there are.</summary>
    public required int Current { get; init; }

    /// <summary>The most instances that its bounds let there be now: with these it is back, however many there were.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>What keeps it from coming back, such as a step of a budget; empty when nothing does.</summary>
    public string HeldBy { get; init; } = "";

    /// <summary>The size they have.</summary>
    public required string Size { get; init; }

    /// <summary>Whether the count is what we asked for last, and nobody changed it since.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>Whether what is wanted may be done: who only observes breaks no schedule.</summary>
    public bool IsActing { get; init; } = true;

    /// <summary>Whether no action and no check of one is open.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>Whether it is to be off because it was found idle, and not by the clock.</summary>
    public bool IsIdle { get; init; }

    public OffMemory? Memory { get; init; }

    /// <summary>The last one asked for; may be over.</summary>
    public Snooze? Snooze { get; init; }

    public UseReading Use { get; init; } = new UseReading.Idle();

    /// <summary>Seconds that its last starts took.</summary>
    public IReadOnlyList<double> StartSeconds { get; init; } = [];

    /// <summary>How much earlier than it needs it is started, so that not all are at once.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>How much earlier than the last group it is started, and later stopped.</summary>
    public TimeSpan Ahead { get; init; }
}
