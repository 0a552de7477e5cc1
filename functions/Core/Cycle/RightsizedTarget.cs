using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A resource whose size is looked at, and on which terms.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Policy">The terms.</param>
/// <param name="Horizontal">The bounds of its count; absent when no policy has any.</param>
/// <param name="FollowsLoad">Whether somebody scales its count by the load.</param>
/// <param name="Declared">What its owner says sizes cost.</param>
public sealed record RightsizedTarget(
    ObservedTarget Target, ResourceRightsizingPolicy Policy, HorizontalScalingPolicy? Horizontal, bool FollowsLoad, IReadOnlyList<PriceList> Declared)
{
    /// <summary>Since when it has had its size; absent when nobody noted it.</summary>
    public DateTimeOffset? SizeSince { get; init; }

    /// <summary>Why findings are told only, for people; null where they are carried out in the window.</summary>
    public string? WhyNotActed { get; init; } = "no policy asks for more";

    /// <summary>As the policies say; null when they do not ask for it, or contradict each other.</summary>
    public static RightsizedTarget? Of(PolicySet policies, ObservedTarget target) => RightsizingPolicies.Of(policies, target) is RightsizingPolicies.Found found
        ? new RightsizedTarget(
            target, found.Policy, found.Horizontal,
            IsScaled(target) || (found.Horizontal is { } bounds && bounds.Minimum < bounds.Maximum && found.IsScaled),
            [.. found.Guardrails.Select(guardrails => guardrails.Prices).OfType<PriceList>()])
        {
            WhyNotActed = RightsizingPolicies.WhyNotActed(policies.For(target), found.Policy),
        }
        : null;

    /// <summary>On the usual terms, where no policy is.</summary>
    public static RightsizedTarget Usual(ObservedTarget target, ResourceRightsizingPolicy policy) => new(target, policy, null, IsScaled(target), []);

    private static bool IsScaled(ObservedTarget target) => target.Native is NativeAutoscale.Steerable or NativeAutoscale.Unsteerable;
}
