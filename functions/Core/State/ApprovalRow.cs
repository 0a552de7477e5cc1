namespace ScaleFunctions.Core.State;

/// <summary>Something that is not done before a person other than whoever asked for it says yes. It is answered once; silence means no.</summary>
public sealed record ApprovalRow
{
    /// <summary>An answer that comes later than this approves nothing.</summary>
    public static readonly TimeSpan AnsweredWithin = TimeSpan.FromHours(1);

    /// <summary>What was approved and not done by then is asked for anew: loads are others by then.</summary>
    public static readonly TimeSpan UsableFor = TimeSpan.FromMinutes(30);

    public required string Id { get; init; }

    public required ApprovalKind Kind { get; init; }

    /// <summary>What would be done, in a sentence.</summary>
    public required string What { get; init; }

    /// <summary>Who asks: a worker's name, or a person's.</summary>
    public required string RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How long it is asked for, of what lasts.</summary>
    public int? Minutes { get; init; }

    /// <summary>Absent before anybody answered.</summary>
    public ApprovalAnswer? Answer { get; init; }

    /// <summary>Why it is void; empty when it is not.</summary>
    public string Void { get => field ?? ""; init; } = "";

    /// <summary>Until when what was approved may be done; absent before that.</summary>
    public DateTimeOffset? UsableUntil { get; init; }

    public ApprovalStatus StatusAt(DateTimeOffset now) => this switch
    {
        { Answer.IsApproved: true } => ApprovalStatus.Approved,
        { Answer: not null } => ApprovalStatus.Denied,
        { Void.Length: > 0 } => ApprovalStatus.Void,
        _ => now < ExpiresAt ? ApprovalStatus.Pending : ApprovalStatus.Expired,
    };

    /// <summary>Whether it comes about when nobody answers: what was changed or is gone outside is taken for meant after a while.</summary>
    public bool CountsBySilence => Kind is ApprovalKind.Inventory or ApprovalKind.Policies;

    public bool IsPending(DateTimeOffset now) => StatusAt(now) == ApprovalStatus.Pending;

    /// <summary>Whether what was approved may be done now.</summary>
    public bool IsUsable(DateTimeOffset now) => Answer is { IsApproved: true } && now < UsableUntil;

    /// <summary>Why a person may not answer it so; nothing when they may.</summary>
    /// <param name="by">Who answers.</param>
    /// <param name="isApproval">Whether yes. No may be said by anybody, whoever asked included.</param>
    /// <param name="isBreakGlass">Whether the glass is broken: one's own request is approved, marked and alerted.</param>
    /// <param name="now">When.</param>
    public string? WhyNot(string by, bool isApproval, bool isBreakGlass, DateTimeOffset now) => StatusAt(now) switch
    {
        ApprovalStatus.Approved or ApprovalStatus.Denied => $"{Answer!.By} has {(Answer.IsApproved ? "approved" : "denied")} it at {Answer.At:yyyy-MM-dd HH:mm}; it is answered once",
        ApprovalStatus.Void => $"it is void: {Void}",
        ApprovalStatus.Expired => CountsBySilence
            ? $"nobody answered before {ExpiresAt:yyyy-MM-dd HH:mm}, so it counts as meant"
            : $"nobody answered before {ExpiresAt:yyyy-MM-dd HH:mm}, which means no; what is still wanted is asked for anew",
        _ => isApproval && !isBreakGlass && IsSame(by, RequestedBy)
            ? "whoever asks for it does not approve it; somebody else has to, or the glass is broken with a reason"
            : null,
    };

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
