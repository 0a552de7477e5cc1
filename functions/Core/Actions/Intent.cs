using System.Text.Json.Serialization;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Actions;

/// <summary>
/// An action written down before it happens. It lives in the target's row (ADR 0004), so opening it, and marking
/// it sent, are conditional writes that fail when anything else touched the row.
/// </summary>
public sealed record Intent
{
    /// <summary>Unique in the target's history: its epoch.</summary>
    public required long Epoch { get; init; }

    public required IntentPhase Phase { get; init; }

    /// <summary>The read the goal was computed from, made for this action.</summary>
    public required CapacityReading.Read Base { get; init; }

    /// <summary>Instances asked for. The way back is <see cref="Base"/>.</summary>
    public required int Goal { get; init; }

    /// <summary>
    /// The autoscale setting whose floor is written in place of the count; <see cref="Base"/> and <see cref="Goal"/> are floors
    /// then. Absent when the count itself is written.
    /// </summary>
    public TargetId? Setting { get; init; }

    /// <summary>Instances there were, where that is not what <see cref="Base"/> says.</summary>
    public int? Instances { get; init; }

    /// <summary>The size asked for; absent where it stays. The way back is that of <see cref="Base"/>.</summary>
    public string? Size { get; init; }

    /// <summary>How the size is brought to the instances; there whenever one is asked for.</summary>
    public RollOutOrder? RollOut { get; init; }

    /// <summary>Instances that shall become as the resource says; absent when the resource itself is written.</summary>
    public IReadOnlyList<string>? Upgrade { get; init; }

    /// <summary>Whether it is about the number of instances, not about what they are.</summary>
    [JsonIgnore]
    public bool ChangesCount => Size is null && Upgrade is null;

    /// <summary>Whether more instances are asked for than there were.</summary>
    public bool AddsInstances() => Goal > (Instances ?? Base.Capacity);

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Never sent after this time.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Where Azure reports how the operation ends, when it gave such an address.</summary>
    public Uri? Operation { get; init; }

    /// <summary>Who acts: a worker's name, or a person's.</summary>
    public required string Actor { get; init; }

    /// <summary>Why, as one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>Hash of the policy set the decision was made under.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>Hash of the readings the decision was made from.</summary>
    public required string InputsHash { get; init; }

    /// <summary>The bounds in force when it was opened, for the record.</summary>
    public required int Minimum { get; init; }

    public required int Maximum { get; init; }

    /// <summary>Instances that were decided on, where a count was; what was asked for may be less.</summary>
    public int? Desired { get; init; }

    /// <summary>Where the resource is; absent where nobody said.</summary>
    public string? Region { get; init; }

    /// <summary>What it takes its machines from, for what a refusal tells others; absent where that does not matter.</summary>
    public string? Pool { get; init; }

    /// <summary>Whether it is a lowering that nothing had announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnexpected { get; init; }

    /// <summary>The action it takes back at a person's word; absent when it takes none back.</summary>
    public UndoneAction? Undoes { get; init; }

    /// <summary>What may make Azure answer otherwise another time; absent where a refusal is not remembered.</summary>
    public RefusalGrounds? Grounds { get; init; }
}
