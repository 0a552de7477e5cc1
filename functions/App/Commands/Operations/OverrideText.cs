using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Commands.Operations;

/// <summary>Tells of an override what was asked for, and what of it holds: the policy and guardrails may leave less.</summary>
internal static class OverrideText
{
    public static string Of(BoundsOverride given, TargetRow row)
    {
        // A standing from before the override says nothing of it.
        var standing = row.EvaluatedAt >= given.Since ? row.Standing : null;
        var minimum = Bound("minimum", given.Minimum, standing?.Minimum, less: $"the maximum is {standing?.Maximum}", more: "the policy wants more");
        var maximum = Bound("maximum", given.Maximum, standing?.Maximum, less: "guardrails allow no more", more: $"the minimum is {standing?.Minimum}");
        return string.Join(" and ", new[] { minimum, maximum }.OfType<string>());
    }

    /// <summary>What somebody who asks for more than was allowed last should know; null when there is nothing to say.</summary>
    public static string? Warning(BoundsOverride given, TargetStanding? standing) =>
        standing is not null && given.Maximum is null && given.Minimum > standing.Maximum
            ? $"the maximum was {standing.Maximum} at the last evaluation, so a minimum of {given.Minimum} holds only up to it; give '--maximum' as well, up to what guardrails allow"
            : null;

    private static string? Bound(string name, int? asked, int? inForce, string less, string more) =>
        asked is null ? null
        : inForce is not { } holds || holds == asked ? $"{name} {asked}"
        : $"{name} {asked} asked, {holds} in force: {(holds < asked ? less : more)}";
}
