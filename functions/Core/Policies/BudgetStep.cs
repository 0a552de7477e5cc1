using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>A step of a budget's ladder.</summary>
public sealed record BudgetStep
{
    /// <summary>Whoever owns a resource puts it on, with the value <c>true</c>, to let a budget stop it.</summary>
    public const string StopTag = "scalefunctions:budget-stop";

    /// <summary>Its own in the ladder.</summary>
    public required string Name { get; init; }

    public required BudgetStepKind Kind { get; init; }

    public required BudgetTrigger When { get; init; }

    /// <summary>What it changes; nothing where it only tells.</summary>
    public TargetSelector Select { get; init; } = new();

    /// <summary>Whether a person has to say yes before.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>From the announcement on nothing is done for so long.</summary>
    public TimeSpan Notice { get; init; }

    /// <summary>Then it is told a last time, and nothing is done for so long.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>When resources are off; of <see cref="BudgetStepKind.OffHours"/> only.</summary>
    public IReadOnlyList<ZonedWindow> Off { get; init; } = [];

    /// <summary>Instances at most; of <see cref="BudgetStepKind.LowerMaximum"/> only.</summary>
    public int? Maximum { get; init; }

    /// <summary>Or a share of the maximum the policy has, from 0 to 1, rounded up.</summary>
    public double? MaximumShare { get; init; }

    /// <summary>The size that resources get; of <see cref="BudgetStepKind.CheaperSize"/> only. Empty: the next cheaper one of their ladder.</summary>
    public string Size { get; init; } = "";

    private static readonly string[] Sized = [WorkloadBinding.PlanType, WorkloadBinding.ScaleSetType, WorkloadBinding.MachineType];

    public bool Acts => Kind != BudgetStepKind.Notify;

    /// <summary>
    /// Whether it changes the resource. Stopping needs the tag of whoever owns it too; tags nobody could read permit nothing. Only kinds
    /// whose size is rolled out and watched get another one.
    /// </summary>
    public bool Selects(ObservedTarget target) => Acts && Select.Selects(target) && Kind switch
    {
        BudgetStepKind.Stop => MayStop(target),
        BudgetStepKind.CheaperSize => Sized.Contains(target.Id.ResourceType, StringComparer.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>The maximum it leaves of one; never below the minimum.</summary>
    public int Lowered(int maximum, int minimum) =>
        Math.Max(minimum, Math.Min(maximum, Maximum ?? (int)Math.Ceiling((MaximumShare ?? 1) * maximum)));

    private static bool MayStop(ObservedTarget target) => target.Tags is TargetTags.Known known
        && known.Values.Any(tag => string.Equals(tag.Key, StopTag, StringComparison.OrdinalIgnoreCase) && string.Equals(tag.Value, "true", StringComparison.OrdinalIgnoreCase));
}
