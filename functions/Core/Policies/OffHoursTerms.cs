using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>When resources are off, what they are then, and how they come back.</summary>
public sealed record OffHoursTerms
{
    /// <summary>Further ahead than this of the hours nothing has to be ready: the time of day was mistaken.</summary>
    public static readonly TimeSpan EarliestReady = TimeSpan.FromHours(4);

    /// <summary>What is kept on for longer belongs into the hours themselves.</summary>
    public static readonly TimeSpan LongestOfSnoozes = TimeSpan.FromDays(7);

    public required OffSchedule Schedule { get; init; }

    /// <summary>Instances that are left meanwhile; 0: it is stopped. <see cref="AllInstances"/>: as many as there are.</summary>
    public required int Instances { get; init; }

    /// <summary>The count is left alone.</summary>
    public const int AllInstances = int.MaxValue;

    /// <summary>The size an App Service plan has meanwhile; empty: the one it has.</summary>
    public string Size { get; init; } = "";

    /// <summary>The time of day at which they must be back, before the hours begin; absent: when they begin.</summary>
    public LocalTime? ReadyBy { get; init; }

    /// <summary>How long they take to come back; absent: as measured on each.</summary>
    public TimeSpan? Lead { get; init; }

    /// <summary>Over how long starts of many are spread, earlier than each needs.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A stop that is missed by more is left out: whoever works then has not been warned.</summary>
    public TimeSpan StopExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The tag without which nothing is done, and which may hold hours of its own; empty: all are meant.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Sizes a machine or a plan gets back where Azure has none of its own, in the order they are tried.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Names of groups that are started one after the other, and stopped in reverse; empty: all at once.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>From one group to the next.</summary>
    public TimeSpan Apart { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What says that somebody works on it; absent: nothing is asked.</summary>
    public InUseTerms? InUse { get; init; }

    /// <summary>How long it may be kept on at most.</summary>
    public TimeSpan LongestSnooze { get; init; } = TimeSpan.FromHours(12);

    public bool IsStop => Instances == 0;

    /// <summary>
    /// How much earlier than the last group a resource is started, and how much later stopped. By time and not by waiting for each
    /// other: one that fails keeps nobody else.
    /// </summary>
    public TimeSpan AheadOf(string name)
    {
        for (var index = 0; index < Order.Count; index++)
        {
            if (NamePattern.Fits(Order[index], name))
            {
                return (Order.Count - 1 - index) * Apart;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>When all must be back for hours that begin at a moment.</summary>
    public DateTimeOffset ReadyAt(DateTimeOffset begin)
    {
        if (ReadyBy is not { } time)
        {
            return begin;
        }

        var local = Instant.FromDateTimeOffset(begin).InZone(Schedule.Zone).LocalDateTime;
        var day = time <= local.TimeOfDay ? local.Date : local.Date.PlusDays(-1);
        var ready = ZonedWindow.FirstOf(day + time, Schedule.Zone).ToDateTimeOffset();
        return begin - ready > EarliestReady || ready > begin ? begin : ready;
    }
}
