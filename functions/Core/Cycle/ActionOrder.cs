using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is to be done to a resource, and what must be so that it still is right.</summary>
internal sealed record ActionOrder
{
    /// <summary>What is written: the target itself, or the autoscale setting in its place.</summary>
    public required TargetId Resource { get; init; }

    /// <summary>Whether the numbers are floors under Azure's own autoscale.</summary>
    public bool IsFloor { get; init; }

    /// <summary>Instances, or the floor, there must be; absent where that does not matter.</summary>
    public int? From { get; init; }

    /// <summary>Instances, or the floor, that is asked for; absent: as many as there are.</summary>
    public int? Goal { get; init; }

    /// <summary>The size there must be; absent where that does not matter.</summary>
    public string? FromSize { get; init; }

    public string? Size { get; init; }

    public RollOutOrder? RollOut { get; init; }

    public IReadOnlyList<string>? Upgrade { get; init; }

    /// <summary>Instances there were, where a floor is written in place of their number.</summary>
    public int? Instances { get; init; }

    /// <summary>Whether it leaves open what was asked for before.</summary>
    public bool IsRenewal { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why, as one sentence.</summary>
    public required string Cause { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>The policy that asks for it; empty where what was begun is only ended.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The case of the reason, for machines.</summary>
    public required string ReasonCode { get; init; }

    public string InputsHash { get; init; } = "";

    public int Minimum { get; init; }

    public int Maximum { get; init; }

    /// <summary>Instances that were wanted and decided on, where a count was.</summary>
    public (int Wanted, int Desired)? Decided { get; init; }

    /// <summary>Where the resource is; absent where that does not matter.</summary>
    public string? Region { get; init; }

    /// <summary>What it takes its machines from (<see cref="SizeShortage.Pool"/>); absent where that does not matter.</summary>
    public string? Pool { get; init; }

    /// <summary>Who asks for it; the worker itself when absent.</summary>
    public string? Actor { get; init; }

    /// <summary>The action that a person takes back by it; absent when there is none.</summary>
    public UndoneAction? Undoes { get; init; }

    /// <summary>Whether it is a lowering that nothing had announced.</summary>
    public bool IsUnexpected { get; init; }

    /// <summary>What may make Azure answer otherwise another time; absent where a refusal is not remembered.</summary>
    public RefusalGrounds? Grounds { get; init; }

    public IReadOnlyList<ScalingCounterfactual> Counterfactuals { get; init; } = [];

    public static ActionOrder Of(Plan plan, TargetEvaluation evaluation, string policyVersion) => new()
    {
        Resource = plan.Setting ?? plan.Target,
        IsFloor = plan.Setting is not null,
        From = plan.From,
        Goal = plan.Goal,
        Instances = plan.Setting is null ? null : plan.Decision.Current,
        IsRenewal = plan.IsRenewal,
        ExpiresAt = plan.ExpiresAt,
        Cause = ReadingText.With(OutcomeText.Reason(new PlanOutcome.Planned(plan)), evaluation.Formulas),
        PolicyVersion = policyVersion,
        Policy = evaluation.Context.Horizontal.Name,
        ReasonCode = OutcomeText.Case(new PlanOutcome.Planned(plan)),
        InputsHash = evaluation.InputsHash,
        Minimum = evaluation.Minimum,
        Maximum = evaluation.Maximum,
        Decided = (plan.Decision.Wanted, plan.Decision.Desired),
        Region = evaluation.Target.Region,
        Pool = SizeShortage.PoolOf(evaluation.Target),
        Grounds = evaluation.Context.Grounds,
        Counterfactuals = plan.Decision.Counterfactuals,
    };

    public static ActionOrder Of(SizePlan plan, TargetEvaluation evaluation, string policyVersion) => new()
    {
        Resource = plan.Target,
        From = plan.Instances,
        FromSize = plan.Change.From.Name,
        Size = plan.Change.To.Name,
        RollOut = new RollOutOrder(plan.Terms, plan.UnhealthyBefore, Undoes: null) { Peak = plan.Peak },
        ExpiresAt = plan.ExpiresAt,
        Cause = SizeText.Of(plan.Decision),
        PolicyVersion = policyVersion,
        Policy = evaluation.Context.Vertical?.Name ?? "",
        ReasonCode = "size",
        InputsHash = evaluation.InputsHash,
        Minimum = evaluation.Minimum,
        Maximum = evaluation.Maximum,
    };

    /// <summary>A step of a roll-out. It goes on whatever policies say meanwhile: what was begun is ended.</summary>
    public static ActionOrder Of(TargetRow row, Checks.RollOut state, DateTimeOffset expiresAt, string cause) => new()
    {
        Resource = row.Target,
        FromSize = state.To,
        ExpiresAt = expiresAt,
        Cause = cause,
        PolicyVersion = state.PolicyVersion,
        ReasonCode = "roll-out",
        Minimum = row.Standing?.Minimum ?? 0,
        Maximum = row.Standing?.Maximum ?? 0,
    };

    /// <summary>Why it is not right any more; nothing when it is.</summary>
    public string? WhyNot(CapacityReading reading) => reading switch
    {
        CapacityReading.Read { IsUpdating: true } => "an operation on the resource has just begun",
        CapacityReading.Read read when From is { } from && read.Capacity != from => IsFloor
            ? $"planned from a floor of {from}, but it is {read.Capacity} now"
            : $"planned from {from} instances, but there are {read.Capacity} now",
        CapacityReading.Read read when FromSize is { } size && !string.Equals(read.Sku, size, StringComparison.OrdinalIgnoreCase) =>
            $"planned from {size}, but it is {read.Sku} now",
        CapacityReading.Read => null,
        CapacityReading.Unreadable unreadable => $"the capacity could not be read: {unreadable.Reason}",
        _ => "the resource does not exist any more",
    };
}
