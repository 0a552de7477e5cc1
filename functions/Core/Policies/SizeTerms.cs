namespace ScaleFunctions.Core.Policies;

/// <summary>On which terms a size is changed, whoever wants another one: guards and the roll-out ask for nothing else.</summary>
public sealed record SizeTerms
{
    public required SizeMode Mode { get; init; }

    /// <summary>Absent: at any time.</summary>
    public SizeWindow? Window { get; init; }

    public RollOutTerms RollOut { get; init; } = RollOutTerms.Default;

    /// <summary>Absent: nothing tells that a size does not do, and sizes are only recommended.</summary>
    public GuardTerms? Guard { get; init; }

    /// <summary>Whether a machine may be stopped for a size that the hardware it runs on does not have.</summary>
    public bool MayStop { get; init; }

    /// <summary>Whether the only instance there is may be restarted.</summary>
    public bool MayInterrupt { get; init; }

    /// <summary>Time between two changes of the size.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether a change may be made now as far as the window is concerned.</summary>
    /// <param name="isRaise">Whether an instance gets more.</param>
    /// <param name="now">The time.</param>
    public bool IsOpen(bool isRaise, DateTimeOffset now) =>
        Window is not { } window || (isRaise && !window.HoldsUp) || window.When.ActiveUntil(now) is not null;
}
