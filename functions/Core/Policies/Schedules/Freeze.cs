namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>A time in which changes are held back.</summary>
public sealed record Freeze
{
    public required ZonedWindow When { get; init; }

    public required string Reason { get; init; }

    /// <summary>Name of the calendar it stands in.</summary>
    public required string Calendar { get; init; }

    public FreezeScope Holds { get; init; } = FreezeScope.ScaleIn;

    public BreakGlass? BreakGlass { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>When it ends, if it holds now; null when it does not, or was lifted.</summary>
    public DateTimeOffset? HoldsUntil(DateTimeOffset now) => now < BreakGlass?.Until ? null : When.ActiveUntil(now);
}
