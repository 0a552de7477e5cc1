using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.State;

/// <summary>How a changed set of policies goes from ring to ring in the fleet's row, and how that ends.</summary>
public static class RingTransitions
{
    /// <summary>Begins in the first ring; a set that was on its way is replaced. Once for each set, and not while a person's choice counts.</summary>
    public static FleetRow BeginRollout(this FleetRow row, string next, string before, PolicyRings rings, DateTimeOffset now, string actor)
    {
        if (row.Choice is not null || (row.Rollout is { } open && open.Next == next && open.Before == before))
        {
            return row;
        }

        var rollout = new PolicyRollout
        {
            Next = next,
            Before = before,
            Rings = [.. rings.Rings.Select(ring => new RingMark(ring.Name, ring.Who, ring.Soak))],
            Criteria = rings.Criteria,
            BegunAt = now,
            Since = now,
            TroublesFrom = now,
        };
        return (row with { Rollout = rollout }).Say(
            rollout, now, actor, $"policy set {Short(next)} counts for the ring '{rollout.Current.Name}' first{(row.Rollout is { } old ? $", in the place of {Short(old.Next)}" : "")}; {Short(before)} counts for all others");
    }

    /// <summary>
    /// After a look at the ring: the changed set goes back, goes on, or stays where it is. A look at another ring than the one in the row
    /// counts for nothing.
    /// </summary>
    /// <param name="row">The row before.</param>
    /// <param name="seen">What was looked at, as it was before the look.</param>
    /// <param name="count">What was found.</param>
    /// <param name="counts">Whether anything could be done on the resources in that time.</param>
    /// <param name="now">When it was.</param>
    /// <param name="actor">Who looked.</param>
    public static FleetRow Look(this FleetRow row, PolicyRollout seen, RingCount count, bool counts, DateTimeOffset now, string actor)
    {
        if (row.Rollout is not { Halt: null } open || open.Next != seen.Next || open.Before != seen.Before || open.Since != seen.Since || Last(open) >= now)
        {
            return row;
        }

        var gap = now - (Last(open) ?? open.Since);
        var looked = open with { Count = count, Soaked = counts && count.IsAlive && gap > TimeSpan.Zero && gap <= PolicyRollout.LongestGap ? open.Soaked + gap : open.Soaked };
        if (looked.Standing.FirstOrDefault(criterion => criterion is { IsBreach: true, IsMet: false }) is { } breach)
        {
            return (row with { Rollout = looked }).HaltRollout(
                actor, $"{breach.Name}: {breach.Found} of {count.Members} resources of the ring '{open.Current.Name}' ({count.Which}), {breach.Asked} allowed", now);
        }

        return count is { Members: 0, IsPartial: false } ? (row with { Rollout = looked }).Promote(looked, "which has no resources", isToAll: false, now, actor)
            : looked.IsReady ? (row with { Rollout = looked }).Promote(looked, $"which has done well for {DurationText.Of(open.Current.Soak)}", isToAll: false, now, actor)
            : row with { Rollout = looked };

        // A look from a time to come was noted by a clock that was wrong: it must not hide what is found now.
        DateTimeOffset? Last(PolicyRollout rollout) => rollout.Count?.At is { } at && at - now <= PolicyRollout.LongestGap ? at : null;
    }

    /// <summary>All go by the set before again; once.</summary>
    /// <exception cref="InvalidOperationException">Nothing is rolled out.</exception>
    public static FleetRow HaltRollout(this FleetRow row, string by, string why, DateTimeOffset now)
    {
        var open = row.Rollout ?? throw new InvalidOperationException("No policies are rolled out");
        return open.Halt is not null ? row : (row with { Rollout = open with { Halt = new RolloutHalt(by, why, now) } }).Say(
            open, now, by, $"the rollout of policy set {Short(open.Next)} is halted in the ring '{open.Current.Name}' by {by}: {why}. {Short(open.Before)} counts for all again");
    }

    /// <summary>A person lets the next ring have it, or all; a ring in which it was halted begins anew.</summary>
    /// <exception cref="InvalidOperationException">Nothing is rolled out.</exception>
    public static FleetRow PromoteRollout(this FleetRow row, bool isToAll, string by, string reason, DateTimeOffset now)
    {
        var open = row.Rollout ?? throw new InvalidOperationException("No policies are rolled out");
        if (open.Halt is not { } halt || isToAll)
        {
            return row.Promote(open, $"as {by} wants it{(open.Halt is null ? open.IsReady ? "" : $" before its criteria are met ({open.Unmet})" : " though it was halted")}: {reason}", isToAll, now, by);
        }

        var again = open with { Halt = null, Since = now, TroublesFrom = now, Soaked = TimeSpan.Zero, Count = null };
        return (row with { Rollout = again }).Say(
            again, now, by, $"policy set {Short(open.Next)} counts for the ring '{open.Current.Name}' again, where {halt.By} had halted it, as {by} wants it: {reason}");
    }

    /// <summary>It is over without having come to all: the set before counts for all, or another one does.</summary>
    /// <param name="row">The row before.</param>
    /// <param name="why">In words that go on after "is over:".</param>
    /// <param name="now">When.</param>
    /// <param name="actor">Who ended it.</param>
    public static FleetRow EndRollout(this FleetRow row, string why, DateTimeOffset now, string actor) => row.Rollout is not { } over ? row :
        (row with { Rollout = null }).Say(over, now, actor, $"the rollout of policy set {Short(over.Next)} is over: {why}");

    private static FleetRow Promote(this FleetRow row, PolicyRollout open, string why, bool isToAll, DateTimeOffset now, string actor)
    {
        var last = open.Current;
        if (isToAll || open.Ring + 1 >= open.Rings.Count)
        {
            return (row with { Rollout = null, PolicyVersion = open.Next }).Say(
                open, now, actor, $"policy set {Short(open.Next)} counts for all, after the ring '{last.Name}', {why}");
        }

        var next = open with { Ring = open.Ring + 1, Halt = null, Since = now, Soaked = TimeSpan.Zero, Count = null };
        return (row with { Rollout = next }).Say(
            next, now, actor, $"policy set {Short(open.Next)} counts for the ring '{next.Current.Name}', after the ring '{last.Name}', {why}");
    }

    private static FleetRow Say(this FleetRow row, PolicyRollout rollout, DateTimeOffset now, string actor, string text) =>
        row.Tell(now, JournalKind.Policies, actor, text, new RolloutFacts(rollout.Next, rollout.Before, rollout.Current.Name, rollout.Halt?.Why), FactsJson.Default.RolloutFacts);

    private static string Short(string version) => version.Length > 12 ? version[..12] : version;
}
