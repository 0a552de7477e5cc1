namespace ScaleFunctions.Core.Notifications;

/// <summary>One thing that an owner has to know, as a value: how it looks is the business of each channel.</summary>
public sealed record Alert
{
    /// <summary>The same for the same fact, however often it is found: it is told once.</summary>
    public required string Fact { get; init; }

    /// <summary>Whose it is; empty for the platform's.</summary>
    public required string Owner { get; init; }

    public required AlertUrgency Urgency { get; init; }

    /// <summary>One sentence.</summary>
    public required string What { get; init; }

    /// <summary>What it was found by, with its numbers.</summary>
    public required string Why { get; init; }

    /// <summary>The resource, budget or scope that it is about: its id, or its name where policies name it. A person may have all that is about it put off.</summary>
    public required string About { get; init; }

    /// <summary>What it is worth; absent where money does not tell.</summary>
    public AlertMoney? Money { get; init; }

    /// <summary>The command that undoes it; empty when there is nothing to undo.</summary>
    public string Undo { get; init; } = "";

    /// <summary>The command that puts it off; empty when it cannot be.</summary>
    public string Snooze { get; init; } = "";

    public required DateTimeOffset At { get; init; }
}
