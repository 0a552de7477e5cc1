using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Plans;

/// <summary>A change worth making, with the reading it rests on and the time after which it is void.</summary>
public sealed record Plan
{
    public required TargetId Target { get; init; }

    /// <summary>Instances when it was planned; the write is dropped when a fresh read says otherwise.</summary>
    public required int From { get; init; }

    public required int Goal { get; init; }

    /// <summary>
    /// The autoscale setting whose floor is written in place of the count; <see cref="From"/> and <see cref="Goal"/> are floors then.
    /// Absent when the count itself is written.
    /// </summary>
    public TargetId? Setting { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required ScalingDecision Decision { get; init; }

    /// <summary>Guards that made the change smaller than wanted.</summary>
    public required IReadOnlyList<GuardVerdict.Limit> Limits { get; init; }

    /// <summary>What guards could not judge.</summary>
    public IReadOnlyList<GuardReason> Notes { get; init; } = [];

    public bool IsRaise => Goal > From;

    public bool IsLowering => Goal < From;

    /// <summary>Whether it only keeps up a floor that would end.</summary>
    public bool IsRenewal => Goal == From || TakesUp;

    /// <summary>Whether it puts back a floor that has just ended: for whoever wanted it nothing changes.</summary>
    public bool TakesUp { get; init; }

    /// <summary>Instances that come by it, as far as it is for us to say.</summary>
    public int Adds => Goal - (Setting is null ? From : Math.Max(From, Decision.Current));
}
