using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>When something holds, by the clock on the wall: it begins and it ends, and what it ends at is known.</summary>
public abstract record TimeWindow
{
    private TimeWindow()
    {
    }

    /// <summary>On some days of each week. An end that is not after the begin is on the next day.</summary>
    public sealed record Weekly(IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime To) : TimeWindow;

    /// <summary>Once, from one date and time to another.</summary>
    public sealed record Once(LocalDateTime From, LocalDateTime To) : TimeWindow;

    /// <summary>As a policy has it, for messages.</summary>
    public string Text { get; init; } = "";
}
