using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Which resources are looked at, and on which terms.</summary>
/// <param name="Targets">Those.</param>
/// <param name="Conflicts">Those of which policies contradict each other, as findings.</param>
public sealed record RightsizingScope(IReadOnlyList<RightsizedTarget> Targets, IReadOnlyList<RightsizingFinding> Conflicts)
{
    /// <summary>Those that a policy asks for.</summary>
    public static RightsizingScope Of(PolicySet policies, IEnumerable<ObservedTarget> targets, DateTimeOffset now)
    {
        List<RightsizedTarget> asked = [];
        List<RightsizingFinding> conflicts = [];
        foreach (var target in targets)
        {
            if (RightsizedTarget.Of(policies, target) is { } sized)
            {
                asked.Add(sized);
            }
            else if (RightsizingPolicies.Of(policies, target) is RightsizingPolicies.Conflict conflict)
            {
                conflicts.Add(new RightsizingFinding(target, new RightsizingVerdict.NotJudged(NotJudgedReason.Conflict, conflict.Message), now, ResourceRightsizingPolicy.Usual));
            }
        }

        return new RightsizingScope(asked, conflicts);
    }

    /// <summary>All of them, on the same terms.</summary>
    public static RightsizingScope All(ResourceRightsizingPolicy policy, IEnumerable<ObservedTarget> targets) =>
        new([.. targets.Select(target => RightsizedTarget.Usual(target, policy))], []);
}
