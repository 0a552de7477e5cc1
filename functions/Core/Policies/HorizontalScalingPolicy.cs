using ScaleFunctions.Core.Policies.Schedules;

namespace ScaleFunctions.Core.Policies;

/// <summary>Bounds and pace of a workload's instance counts (<c>kind: HorizontalScaling</c>).</summary>
public sealed record HorizontalScalingPolicy
{
    /// <summary>Most instances Azure allows in a scale set.</summary>
    public const int MostInstances = 1000;

    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    public required int Minimum { get; init; }

    public required int Maximum { get; init; }

    /// <summary>Instances to raise to when the load cannot be read and fewer are running; absent: hold.</summary>
    public int? WhenBlind { get; init; }

    /// <summary>What the instances must be able to lose and still carry the load.</summary>
    public SurvivableLoss SurvivesLossOf { get; init; }

    /// <summary>Whether the count is the minimum in force, floors included, at any time and without any signal.</summary>
    public bool FollowsSchedule { get; init; }

    /// <summary>Higher minimums for times.</summary>
    public IReadOnlyList<InstanceFloor> Floors { get; init; } = [];

    /// <summary>The floor that holds, once <see cref="At"/> was asked; <see cref="Minimum"/> is then not below it.</summary>
    public ActiveFloor? Floor { get; init; }

    /// <summary>What guardrails allow at most, whoever asks for more; absent: no limit.</summary>
    public int? Ceiling { get; init; }

    /// <summary>How long a new instance takes until its share of the load is what it will be; nothing is lowered that long.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Most changes in any 24 hours, of which at most half may lower; absent: no limit.</summary>
    public int? MaxActionsPerDay { get; init; }

    public required DirectionBehavior ScaleOut { get; init; }

    public required DirectionBehavior ScaleIn { get; init; }

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    /// <summary>What guardrails made of it.</summary>
    public IReadOnlyList<PolicyNarrowing> Narrowings { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>The policy as it holds at a moment: with the highest floor in force as its minimum, never above its maximum.</summary>
    public HorizontalScalingPolicy At(DateTimeOffset now)
    {
        ActiveFloor? highest = null;
        foreach (var floor in Floors)
        {
            if (floor.Minimum > Minimum && floor.When.ActiveUntil(now) is { } until
                && (highest is null || (floor.Minimum, until).CompareTo((highest.Minimum, highest.Until)) > 0))
            {
                highest = new ActiveFloor(floor.Minimum, until, floor.Reason);
            }
        }

        if (highest is null)
        {
            return this;
        }

        var minimum = Math.Min(highest.Minimum, Maximum);
        return this with { Minimum = minimum, Floor = highest with { Minimum = minimum } };
    }

    /// <summary>
    /// The policy with the bounds a person gave for a while. Their minimum counts like a floor: it raises, it never lowers what
    /// the policy wants. Their maximum replaces the policy's, up to what guardrails allow and never below the minimum.
    /// </summary>
    public HorizontalScalingPolicy Under(BoundsOverride given)
    {
        var ceiling = Ceiling ?? int.MaxValue;
        var maximum = Math.Max(Minimum, Math.Min(given.Maximum ?? Maximum, Math.Max(ceiling, Minimum)));
        var minimum = Math.Min(Math.Max(Minimum, given.Minimum ?? Minimum), maximum);
        return this with
        {
            Maximum = maximum,
            Minimum = minimum,
            Floor = minimum > Minimum ? new ActiveFloor(minimum, given.Until, $"override by {given.By}: {given.Reason}") : Floor,
        };
    }

    /// <summary>
    /// The policy with a minimum that is lower for a while. Floors are laid over it as ever: who asked for them for this very time
    /// meant it.
    /// </summary>
    public HorizontalScalingPolicy LoweredTo(int minimum) => minimum < Minimum ? this with { Minimum = Math.Max(0, minimum) } : this;

    /// <summary>The policy with a minimum that is higher for a while, and never above its maximum.</summary>
    public HorizontalScalingPolicy LiftedTo(int minimum, DateTimeOffset until, string reason)
    {
        var lifted = Math.Min(minimum, Maximum);
        return lifted <= Minimum ? this : this with { Minimum = lifted, Floor = new ActiveFloor(lifted, until, reason) };
    }

    /// <summary>The policy with a higher maximum, up to what guardrails allow.</summary>
    public HorizontalScalingPolicy RaisedTo(int maximum) =>
        this with { Maximum = Math.Max(Maximum, Math.Min(maximum, Ceiling ?? int.MaxValue)) };
}
