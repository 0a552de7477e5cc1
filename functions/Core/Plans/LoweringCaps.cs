namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Limits how much of a fleet may be lowered in one tick. A mass action that looks right target by target is what the
/// great outages of automation were made of; so expected lowerings are spread over ticks, unexpected ones beyond the cap are
/// not made at all until a person approves, and where much is in doubt nothing is lowered.
/// </summary>
/// <example>
/// Three targets in one subscription: the cap is one a tick. Two expected lowerings: the first now, the second with the next
/// tick. Two unexpected ones: neither. Thirty targets, ten of them without metrics: none at all.
/// </example>
public static class LoweringCaps
{
    /// <summary>Share of a group's targets that may be lowered in a tick (Karpenter's default disruption budget), but at least one.</summary>
    public const double Share = 0.1;

    /// <summary>Share of a group's targets in doubt beyond which nothing in it is lowered.</summary>
    public const double Doubt = 0.3;

    /// <summary>Judges all proposals of one tick.</summary>
    /// <param name="proposals">What the evaluations would lower.</param>
    /// <param name="counts">What was evaluated.</param>
    /// <param name="isApproved">Whether a person has approved lowerings beyond the cap; they are then spread like expected ones.</param>
    public static IReadOnlyList<LoweringVerdict> Judge(
        IReadOnlyList<LoweringProposal> proposals, IReadOnlyList<FleetCount> counts, bool isApproved)
    {
        var left = new Dictionary<string, int>();
        var verdicts = new List<LoweringVerdict>();
        foreach (var proposal in proposals.OrderBy(each => each.Target.Key, StringComparer.Ordinal))
        {
            var groups = Groups(proposal).Select(group => Measure(group, proposals, counts)).ToList();
            var why = groups.Select(group => WhyNot(group, proposal, left, isApproved)).FirstOrDefault(reason => reason is not null);
            if (why is null)
            {
                groups.ForEach(group => left[group.Name] = left.GetValueOrDefault(group.Name, group.Cap) - 1);
            }

            verdicts.Add(new LoweringVerdict(proposal.Target, why is null, why ?? ""));
        }

        return verdicts;
    }

    private static string? WhyNot(Group group, LoweringProposal proposal, Dictionary<string, int> left, bool isApproved)
    {
        if (group.InDoubt > Doubt * group.Targets)
        {
            return $"{group.InDoubt} of {group.Targets} targets in {group.Name} are in doubt, so nothing is lowered there";
        }

        if (!proposal.IsExpected && !isApproved && group.Unexpected > group.Cap)
        {
            return $"{group.Unexpected} targets in {group.Name} would be lowered at once and unexpectedly, {group.Cap} may be; a person has to approve";
        }

        return left.GetValueOrDefault(group.Name, group.Cap) > 0
            ? null
            : $"{group.Cap} of {group.Targets} targets in {group.Name} may be lowered in a tick; it waits for its turn";
    }

    /// <summary>The fleet as a whole, the subscription, and the region in it.</summary>
    private static IEnumerable<(string Name, Func<string, string, bool> Has)> Groups(LoweringProposal proposal)
    {
        var (subscription, region) = (proposal.Target.Subscription, proposal.Region);
        yield return ("the fleet", (_, _) => true);
        yield return ($"subscription {subscription}", (s, _) => Is(s, subscription));
        yield return ($"{region} of subscription {subscription}", (s, r) => Is(s, subscription) && Is(r, region));
    }

    private static Group Measure(
        (string Name, Func<string, string, bool> Has) group, IReadOnlyList<LoweringProposal> proposals, IReadOnlyList<FleetCount> counts)
    {
        var part = counts.Where(count => group.Has(count.Subscription, count.Region)).ToList();
        var targets = part.Sum(count => count.Targets);
        return new Group(
            group.Name,
            targets,
            part.Sum(count => count.InDoubt),
            Math.Max(1, (int)(Share * targets)),
            proposals.Count(each => !each.IsExpected && group.Has(each.Target.Subscription, each.Region)));
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed record Group(string Name, int Targets, int InDoubt, int Cap, int Unexpected);
}
