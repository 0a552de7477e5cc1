using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.State;

/// <summary>How a target's row changes by a new size.</summary>
public static class SizeTransitions
{
    /// <summary>
    /// What is left of an action on the size once it is closed. Where Azure may have taken it the roll-out begins, even when it
    /// failed, or when the resource does not show it: a read may be older than a write that was answered. Its looks at the
    /// resource tell what came of it.
    /// </summary>
    internal static TargetRow End(TargetRow row, Intent intent, IntentEnd end, DateTimeOffset now) => (intent, end) switch
    {
        ({ Size: null }, _) => row,
        _ when row.Restage is not null => end.MayHaveChangedAzure ? row : row with { Sizes = row.Sizes.Forget(intent.SentAt) },
        ({ Size: { } size, RollOut: { } order }, IntentEnd.Done or IntentEnd.Failed or IntentEnd.TimedOut or IntentEnd.Overtaken) => row with
        {
            // Whatever size comes now, the one before is not looked at any more.
            Peak = null,
            RollOut = new RollOut(intent.Epoch, intent.Base.Sku, size, order.Terms, order.UnhealthyBefore, now)
            {
                Peak = order.Peak,
                IsUndo = order.Undoes is not null,
                IsOwed = order.IsOwed,
                WasTaken = end is IntentEnd.Done,
                Why = order.Undoes ?? "",
                PolicyVersion = intent.PolicyVersion,
                UndoTriedAt = order.Undoes is null ? null : row.RollOut?.UndoTriedAt ?? row.Peak?.UndoTriedAt,
                UndoSince = order.Undoes is null ? null : row.RollOut?.UndoSince ?? row.Peak?.UndoSince,
            },
        },
        ({ Size: { } size }, IntentEnd.Rejected { Class: not (FailureClass.Conflict or FailureClass.Throttled) } rejected) when intent.RollOut?.Undoes is null =>
            row with { Sizes = row.Sizes.Forget(intent.SentAt).Shun(size, $"Azure refused it ({rejected.Code})", now) },
        _ when end.MayHaveChangedAzure => row with { RollOut = null },
        _ => row with { Sizes = row.Sizes.Forget(intent.SentAt) },
    };

    /// <summary>What a machine on its way learns from the end of a step: one that was not sent, or worked, has not failed.</summary>
    internal static TargetRow Restaged(TargetRow row, IntentEnd end) => row.Restage is not { Tried: not null } state
        || end is IntentEnd.Failed or IntentEnd.TimedOut or IntentEnd.Rejected { Class: not (FailureClass.Conflict or FailureClass.Throttled) }
            ? row
            : row with { Restage = state with { Tried = null } };

    /// <summary>Closes the way of a machine to another size: it runs, whatever it came to.</summary>
    /// <exception cref="InvalidOperationException">No machine is on its way.</exception>
    public static TargetRow EndRestage(this TargetRow row, RollOutEnd end, DateTimeOffset now, string actor)
    {
        var state = row.Restage ?? throw new InvalidOperationException($"{row.Target} is not on its way to another size");
        return (row with
        {
            Restage = null,
            RollOut = new RollOut(state.Epoch, state.From, state.To, state.Terms, state.UnhealthyBefore, state.StartedAt)
            {
                IsUndo = state.IsUndo,
                IsOwed = state.IsOwed,
                Why = state.Why,
            },
        }).EndRollOut(end, now, actor);
    }

    /// <summary>
    /// Notes why a size that is to be taken back stays. The time in which we may not write is not Azure's: when it is lifted there is as
    /// much patience as at first.
    /// </summary>
    public static TargetRow HoldBack(this TargetRow row, string doubt) => row with
    {
        RollOut = row.RollOut is { } state ? state with { Doubt = doubt, UndoSince = null } : null,
        Peak = row.RollOut is null && row.Peak is { } peak ? peak with { Doubt = doubt, UndoSince = null } : row.Peak,
    };

    /// <summary>Begins to take a size back from a machine that has to be stopped for it.</summary>
    public static TargetRow TakeBackByStopping(this TargetRow row, RollOut state, string why, DateTimeOffset now) => row with
    {
        RollOut = null,
        Peak = null,
        Restage = new Restage(state.Epoch, state.To, state.From, state.Terms with { Guard = null }, state.UnhealthyBefore, now)
        {
            IsUndo = true,
            Why = why,
            PolicyVersion = state.PolicyVersion,
        },
    };

    /// <summary>Closes a roll-out. A size that did not do is left alone for a while, each time for longer.</summary>
    /// <exception cref="InvalidOperationException">No size is being rolled out.</exception>
    public static TargetRow EndRollOut(this TargetRow row, RollOutEnd end, DateTimeOffset now, string actor)
    {
        var state = row.RollOut ?? throw new InvalidOperationException($"No size is being rolled out on {row.Target}");
        var capacity = row.LastKnownCapacity ?? 0;
        var facts = new EndFacts(state.Epoch, end.GetType().Name, capacity, capacity, (now - state.StartedAt).TotalSeconds) { Size = state.To };
        return (row with
        {
            RollOut = null,
            Peak = end is RollOutEnd.Well ? PeakLook.After(state, now) : null,
            Sizes = Learn(row.Sizes, state, end, now),
            Trial = !state.IsOwed && end is (RollOutEnd.Undone or RollOutEnd.Stuck or RollOutEnd.NeverTaken) ? row.Trial?.Breached(state.PolicyVersion, now) : row.Trial,
        }).Tell(now, JournalKind.RollOutEnded, actor, ReasonText.Of(end), facts, FactsJson.Default.EndFacts);
    }

    /// <summary>Closes the look at a size in the busiest hour.</summary>
    /// <exception cref="InvalidOperationException">No size is looked at.</exception>
    public static TargetRow EndPeak(this TargetRow row, PeakEnd end, DateTimeOffset now, string actor)
    {
        var look = row.Peak ?? throw new InvalidOperationException($"No size of {row.Target} is looked at in the busiest hour");
        var capacity = row.LastKnownCapacity ?? 0;
        var facts = new EndFacts(look.Of.Epoch, $"Peak{end.GetType().Name}", capacity, capacity, (now - look.Of.StartedAt).TotalSeconds) { Size = look.Of.To };
        return (row with
        {
            Peak = null,
            Sizes = end switch
            {
                PeakEnd.Well => row.Sizes.Trust(look.Of.To),
                PeakEnd.Stuck stuck => row.Sizes.Shun(look.Of.To, stuck.Why, now),
                _ => row.Sizes,
            },
            Trial = end is PeakEnd.Stuck ? row.Trial?.Breached(look.Of.PolicyVersion, now) : row.Trial,
        }).Tell(now, JournalKind.RollOutEnded, actor, ReasonText.Of(end), facts, FactsJson.Default.EndFacts);
    }

    private static SizeHistory Learn(SizeHistory sizes, RollOut state, RollOutEnd end, DateTimeOffset now) => end switch
    {
        // A size that has yet to go through the busiest hour did well so far.
        RollOutEnd.Well => (PeakLook.After(state, now) is null ? sizes.Trust(state.To) : sizes) with { Seen = new SeenSize(state.To, now) },
        RollOutEnd.Unverified unverified => sizes with { Seen = new SeenSize(unverified.Size, now) },
        RollOutEnd.Undone undone when state.IsOwed => sizes with { Seen = new SeenSize(undone.To, now) },
        RollOutEnd.Undone undone => sizes.Shun(undone.From, undone.Why, now) with { Seen = new SeenSize(undone.To, now) },
        // Nothing is wrong with the other one; this one could not be had.
        RollOutEnd.Stuck stuck when state.IsOwed => sizes.Shun(state.To, stuck.Why, now),
        RollOutEnd.NeverTaken when state.IsOwed => sizes.Shun(state.To, "Azure could not give it", now),
        // It was the other one that did no good, and the instances still have it.
        RollOutEnd.NeverTaken or RollOutEnd.Stuck when state.IsUndo => sizes.Shun(state.From, state.Why, now),
        RollOutEnd.NeverTaken => sizes.Shun(state.To, "Azure could give it to no instance", now),
        RollOutEnd.Stuck stuck => sizes.Shun(state.To, stuck.Why, now),
        _ => sizes,
    };
}
