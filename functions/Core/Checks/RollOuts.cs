using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// Decides the next step of a roll-out. Batches go on only while no more instances are unwell than before and the guard of the policy
/// is within its bounds; either lasting longer than a pause takes the size back, once. What else changes by itself, as load, is no
/// evidence, and a guard that cannot be read is none either way.
/// </summary>
/// <remarks>Batches and the stop at the first unwell ones are those of a scale set's rolling upgrade; the undo is the idea of AWS instance refresh.</remarks>
public static class RollOuts
{
    /// <summary>A roll-out that is not over by then needs a person: with a fifth at a time and usual pauses it takes an hour.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <summary>Since when the guard is looked at: since the last restart of ours, for as long as is watched.</summary>
    public static GuardSpan GuardedSpan(RollOut state, DateTimeOffset now)
    {
        var since = state.WholeSince ?? state.BatchAt ?? state.StartedAt;
        var longest = now - state.Terms.Watch - GuardCourse.Delay - (state.Terms.Guard is { } guard ? GuardCourse.Window(guard) : TimeSpan.Zero);
        return new GuardSpan(since > longest ? since : longest, now, state.Terms.Pause);
    }

    /// <param name="state">What is known of it.</param>
    /// <param name="reading">What Azure says of the instances.</param>
    /// <param name="now">The present.</param>
    /// <param name="guard">What the metrics of the guard say; absent where there is none.</param>
    public static RollOutStep Next(RollOut state, SizeReading reading, DateTimeOffset now, GuardStanding? guard = null)
    {
        if (reading is not SizeReading.Read read)
        {
            return now - state.StartedAt >= Patience
                ? new RollOutStep.End(new RollOutEnd.Stuck(state.To, ((SizeReading.Unreadable)reading).Reason))
                : new RollOutStep.Wait(state);
        }

        if (!Is(read.Size, state.To))
        {
            return Is(read.Size, state.From) ? NotTaken(state, read, now) : new RollOutStep.End(new RollOutEnd.Overtaken(read.Size));
        }

        var isFine = state.IsUndo || guard is null or GuardStanding.Within;
        var learned = Learn(state, read, now) with { Doubt = isFine ? "" : GuardText.Of(guard!) };
        if (Evidence(state, learned, read, guard, now) is { } evidence)
        {
            return HasWaited(state, now) ? new RollOutStep.End(new RollOutEnd.Stuck(state.To, $"it could not be taken back: {evidence}"))
                : IsRest(state, now) ? new RollOutStep.Wait(learned)
                : new RollOutStep.Undo(learned with { UndoTriedAt = now, UndoSince = Since(state, now) }, evidence);
        }

        learned = state.IsUndo ? learned : learned with { UndoSince = null };

        if (isFine && learned.WholeSince is { } whole && now - whole >= (state.IsUndo ? TimeSpan.Zero : state.Terms.Watch))
        {
            return new RollOutStep.End(state.IsUndo
                ? new RollOutEnd.Undone(state.From, state.To, state.Why)
                : read.IsJudgedByGuard && state.Terms.Guard is null ? new RollOutEnd.Unverified(state.To)
                : new RollOutEnd.Well(state.To, read.Count));
        }

        var outdated = Outdated(read);
        return outdated.Count > 0 && (isFine || state.BatchAt is null) && CanUpgrade(learned, read, now) ? Upgrade(learned, read, outdated, now)
            : now - state.StartedAt >= Patience + state.Terms.Watch ? new RollOutStep.End(new RollOutEnd.Stuck(
                state.To, Stuckness(learned, read, outdated.Count, Sick(state, read, now))))
            : new RollOutStep.Wait(learned);
    }

    /// <summary>What takes the size back; nothing as long as there is none.</summary>
    private static string? Evidence(RollOut state, RollOut learned, SizeReading.Read read, GuardStanding? guard, DateTimeOffset now) =>
        state.IsUndo ? null
        : learned.SickSince is { } since && now - since >= state.Terms.Pause ? Sickness(Sick(state, read, now))
        : guard is GuardStanding.Breached { IsLasting: true } ? GuardText.Of(guard)
        : null;

    private static string Stuckness(RollOut learned, SizeReading.Read read, int outdated, int sick) => learned.SickSince is not null ? Sickness(sick)
        : read.HasFailed ? "the resource says that its last operation failed"
        : learned.Doubt.Length > 0 ? $"the guard does not let it go on: {learned.Doubt}"
        : $"{outdated} of {read.Instances.Count} instances do not have it";

    /// <summary>The resource says the old size. That is final once nothing is under way and its instances agree.</summary>
    private static RollOutStep NotTaken(RollOut state, SizeReading.Read read, DateTimeOffset now) =>
        !read.IsUpdating && read.Instances.All(instance => instance.IsCurrent) ? state is { IsUndo: true, WasTaken: false } ? NotTakenBack(state, now) : new RollOutStep.End(new RollOutEnd.NeverTaken(state.To))
        : now - state.StartedAt >= Patience ? new RollOutStep.End(new RollOutEnd.Stuck(state.To, $"the resource says {read.Size}, and some of its instances do not"))
        : new RollOutStep.Wait(state);

    /// <summary>Azure took the old size and could not give it, or lost it: as with one that it refused, a while later it may.</summary>
    private static RollOutStep NotTakenBack(RollOut state, DateTimeOffset now)
    {
        var since = Since(state, now);
        return now - since >= Patience ? new RollOutStep.End(new RollOutEnd.Stuck(state.To, $"the old size did not come back; the resource has {state.From} ({state.Why})"))
            : IsRest(state, now) ? new RollOutStep.Wait(state)
            : new RollOutStep.Again(state with { UndoTriedAt = now, UndoSince = since, Doubt = "" });
    }

    private static bool HasWaited(RollOut state, DateTimeOffset now) => state.UndoSince is { } since && now - since >= Patience;

    /// <summary>Since when it is tried to take it back. A time to come was noted by a clock that was wrong.</summary>
    private static DateTimeOffset Since(RollOut state, DateTimeOffset now) => state.UndoSince is { } since && since <= now ? since : now;

    private static bool IsRest(RollOut state, DateTimeOffset now) => state.UndoTriedAt is { } tried && tried <= now && now - tried < state.Terms.Pause;

    private static RollOut Learn(RollOut state, SizeReading.Read read, DateTimeOffset now)
    {
        var isSick = Sick(state, read, now) > 0;
        var isWhole = !isSick && read is { IsUpdating: false, HasFailed: false, Instances.Count: > 0 }
            && read.Instances.All(instance => instance.IsCurrent && instance.IsRunning && (instance.Size is null || Is(instance.Size, state.To)));
        return state with
        {
            SickSince = isSick ? state.SickSince ?? now : null,
            WholeSince = isWhole ? state.WholeSince ?? now : null,
        };
    }

    /// <summary>How many more instances are unwell than before. One that restarts right now is not: it has the time of a pause.</summary>
    private static int Sick(RollOut state, SizeReading.Read read, DateTimeOffset now)
    {
        var restarts = now - (state.BatchAt ?? state.StartedAt) < state.Terms.Pause || read.IsUpdating;
        var unwell = read.Instances.Count(instance => instance.Health == InstanceHealth.Unhealthy || (!instance.IsRunning && !restarts));
        return unwell - state.UnhealthyBefore;
    }

    private static string Sickness(int more) => more == 1 ? "1 more instance is unwell than before" : $"{more} more instances are unwell than before";

    private static List<SizedInstance> Outdated(SizeReading.Read read) => [.. read.Instances.Where(instance => !instance.IsCurrent)];

    private static bool CanUpgrade(RollOut state, SizeReading.Read read, DateTimeOffset now) =>
        read.Mode == RollOutMode.ByHand && !read.IsUpdating
        // What a size did no good is taken back from all; of what was well the way back stops where it makes ill.
        && (state is { IsUndo: true, IsOwed: false } || state.SickSince is null)
        && (state.BatchAt is not { } last || now - last >= state.Terms.Pause);

    /// <summary>Those that are unwell or down first: nothing is lost by restarting them.</summary>
    private static RollOutStep.Upgrade Upgrade(RollOut state, SizeReading.Read read, List<SizedInstance> outdated, DateTimeOffset now)
    {
        var most = Math.Max(1, (int)Math.Floor(state.Terms.Batch * read.Instances.Count));
        var batch = outdated.OrderBy(instance => instance is { IsRunning: true, Health: not InstanceHealth.Unhealthy }).Take(most);
        return new RollOutStep.Upgrade(state with { BatchAt = now }, [.. batch.Select(instance => instance.Id)]);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
