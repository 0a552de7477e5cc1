namespace ScaleFunctions.Core.Plans;

/// <summary>
/// Limits how much of a fleet may be lowered in one tick, and unexpectedly within an hour. A mass action that looks right target by target is what the
/// great outages of automation were made of; so expected lowerings are spread over ticks, unexpected ones beyond the cap are
/// not made at all until a person approves, and where much is in doubt nothing is lowered.
/// </summary>
/// <example>
/// Three targets in one subscription: the cap is one a tick. Two expected lowerings: the first now, the second with the next
/// tick. Two unexpected ones: neither. Thirty targets, ten of them without metrics: none at all. A hundred instances: of unexpected
/// lowerings, one a tick, the one that would take the thirty-first within the hour is not made.
/// </example>
public static class LoweringCaps
{
    /// <summary>Share of a group's targets that may be lowered in a tick (Karpenter's default disruption budget), but at least one.</summary>
    public const double Share = 0.1;

    /// <summary>Share of a group's targets in doubt beyond which nothing in it is lowered.</summary>
    public const double Doubt = 0.3;

    /// <summary>
    /// Percent of a group's instances that unexpected lowerings may take away within an hour, where there is more than one of them. A cap
    /// of a tick alone lets a fleet of ten targets be gone in ten minutes, one a minute.
    /// </summary>
    public const int HourlyPercent = 30;

    /// <summary>Judges all proposals of one tick.</summary>
    /// <param name="proposals">What the evaluations would lower.</param>
    /// <param name="counts">What was evaluated.</param>
    /// <param name="isApproved">Whether a person has approved lowerings beyond the cap; they are then spread like expected ones.</param>
    public static IReadOnlyList<LoweringVerdict> Judge(
        IReadOnlyList<LoweringProposal> proposals, IReadOnlyList<FleetCount> counts, bool isApproved)
    {
        // Of a target proposed twice the more surprising proposal counts.
        var distinct = proposals
            .OrderBy(each => each.Target.Key, StringComparer.Ordinal).ThenBy(each => each.IsExpected).DistinctBy(each => each.Target).ToList();
        var groups = Measure(distinct, counts);
        var verdicts = new List<LoweringVerdict>();
        foreach (var proposal in distinct)
        {
            var own = Names(proposal.Target.Subscription, proposal.Region).Select(name => groups[name]).ToList();
            var isUnexpected = !proposal.IsExpected && !isApproved;
            var isSurprise = isUnexpected && own.Exists(group => group.Unexpected > group.Cap || group.IsBeyondHour(proposal));
            var why = own.Select(group => WhyNot(group, proposal, isApproved)).FirstOrDefault(reason => reason is not null);
            if (why is null)
            {
                own.ForEach(group => group.Permit(proposal, isUnexpected));
            }

            verdicts.Add(new LoweringVerdict(proposal.Target, why is null, why ?? "")
            {
                AwaitsApproval = isSurprise && own.TrueForAll(group => group.InDoubt <= Doubt * group.Targets),
            });
        }

        return verdicts;
    }

    private static string? WhyNot(Group group, LoweringProposal proposal, bool isApproved)
    {
        if (group.InDoubt > Doubt * group.Targets)
        {
            return $"{group.InDoubt} of {group.Targets} targets in {group.Name} are in doubt, so nothing is lowered there";
        }

        if (!proposal.IsExpected && !isApproved && group.Unexpected > group.Cap)
        {
            return $"{group.Unexpected} targets in {group.Name} would be lowered at once and unexpectedly, {group.Cap} may be; a person has to approve";
        }

        if (!proposal.IsExpected && !isApproved && group.IsBeyondHour(proposal))
        {
            return $"{group.LoweredInHour} of {group.Instances} instances in {group.Name} were lowered unexpectedly within the last hour, {proposal.From - proposal.Goal} more would be beyond the {group.HourlyCap(proposal)} that may be; a person has to approve";
        }

        return group.Permitted < group.Cap
            ? null
            : $"{group.Cap} of {group.Targets} targets in {group.Name} may be lowered in a tick; it waits for its turn";
    }

    /// <summary>The fleet as a whole, the subscription, and the region in it. Azure spells a name in more ways than one.</summary>
    private static string[] Names(string subscription, string region)
    {
        var (s, r) = (subscription.ToLowerInvariant(), region.ToLowerInvariant());
        return ["the fleet", $"subscription {s}", $"{r} of subscription {s}"];
    }

    private static Dictionary<string, Group> Measure(List<LoweringProposal> proposals, IReadOnlyList<FleetCount> counts)
    {
        var groups = new Dictionary<string, Group>();
        foreach (var count in counts)
        {
            foreach (var group in Groups(count.Subscription, count.Region))
            {
                group.Targets += count.Targets;
                group.InDoubt += count.InDoubt;
                group.Permitted += count.Lowered;
                group.Counted += count.Instances;
                group.LoweredInHour += count.LoweredInHour;
            }
        }

        foreach (var proposal in proposals)
        {
            foreach (var group in Groups(proposal.Target.Subscription, proposal.Region))
            {
                group.Unexpected += proposal.IsExpected ? 0 : 1;
                group.Proposed += proposal.From;
            }
        }

        return groups;

        IEnumerable<Group> Groups(string subscription, string region) => Names(subscription, region).Select(
            name => groups.TryGetValue(name, out var known) ? known : groups[name] = new Group(name));
    }

    /// <summary>A part of the fleet, counted.</summary>
    private sealed class Group(string name)
    {
        public string Name => name;

        public int Targets { get; set; }

        public int InDoubt { get; set; }

        public int Unexpected { get; set; }

        public int Permitted { get; set; }

        public int Counted { get; set; }

        public int Proposed { get; set; }

        public int LoweredInHour { get; set; }

        public int Cap => Math.Max(1, (int)(Share * Targets));

        /// <summary>What would be lowered is there at least, whoever has counted it.</summary>
        public int Instances => Math.Max(Counted, Proposed);

        public int HourlyCap(LoweringProposal proposal) => (int)Math.Max(1, (long)Instances * (proposal.HourlyPercent ?? HourlyPercent) / 100);

        /// <summary>The first one is within it, however large: as in a tick, a part of one target has to be able to follow its load.</summary>
        public bool IsBeyondHour(LoweringProposal proposal) => LoweredInHour > 0 && LoweredInHour + proposal.From - proposal.Goal > HourlyCap(proposal);

        public void Permit(LoweringProposal proposal, bool isUnexpected)
        {
            Permitted++;
            LoweredInHour += isUnexpected ? proposal.From - proposal.Goal : 0;
        }
    }
}
