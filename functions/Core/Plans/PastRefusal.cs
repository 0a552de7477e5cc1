namespace ScaleFunctions.Core.Plans;

/// <summary>That Azure refused to change a target, and will again until something is another: the last refusal of a series.</summary>
public sealed record PastRefusal
{
    /// <summary>What was known when it was refused.</summary>
    public required RefusalGrounds Grounds { get; init; }

    /// <summary>Instances that were decided on.</summary>
    public required int Desired { get; init; }

    /// <summary>Azure's code: <c>AuthorizationFailed</c>.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>Whether a role, a lock or a policy of Azure forbids it.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>The type of what was written; empty in rows of an earlier version.</summary>
    public string ResourceType { get => field ?? ""; init; } = "";

    /// <summary>Refusals in a row.</summary>
    public required int Times { get; init; }

    /// <summary>When the first of them was.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the last of them was.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Not tried before for any other number of instances: an answer to one number says little of another.</summary>
    public required DateTimeOffset OthersUntil { get; init; }

    /// <summary>Not tried before for the same number.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Until when a change is held back; not at all once something else may answer.</summary>
    /// <param name="desired">Instances that are decided on now.</param>
    /// <param name="now">What is known now.</param>
    public DateTimeOffset HeldUntil(int desired, RefusalGrounds now) =>
        now.DifferFrom(Grounds) ? At : desired == Desired ? Until : OthersUntil;
}
