namespace ScaleFunctions.App.Hosting.Api;

/// <summary>One action on a target from its decision to its check, gathered from the journal.</summary>
internal sealed record ActionView
{
    /// <summary>What <c>rollback</c> takes: <c>web@12</c>.</summary>
    public required string Id { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The action it takes back; absent when it takes none back.</summary>
    public long? Undoes { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Instances before.</summary>
    public required int From { get; init; }

    /// <summary>Instances asked for.</summary>
    public required int Goal { get; init; }

    public required string Actor { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>When Azure took it; absent when it did not.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>How it ended: <c>Done</c>, <c>Rejected</c>, …; absent while it is open.</summary>
    public string? End { get; init; }

    public string EndText { get; init; } = "";

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the check after it found: <c>Arrived</c>, <c>Incomplete</c>, …; absent before the answer.</summary>
    public string? Check { get; init; }

    public string CheckText { get; init; } = "";

    public DateTimeOffset? CheckedAt { get; init; }
}
