using ScaleFunctions.Core.Sizes;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// Decides the next step of a roll-out. Batches go on only while no more instances are unwell than before; that lasting longer than
/// a pause takes the size back, once. Load and latency are no evidence: they change by themselves.
/// </summary>
/// <remarks>Batches and the stop at the first unwell ones are those of a scale set's rolling upgrade; the undo is the idea of AWS instance refresh.</remarks>
public static class RollOuts
{
    /// <summary>A roll-out that is not over by then needs a person: with a fifth at a time and usual pauses it takes an hour.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    public static RollOutStep Next(RollOut state, SizeReading reading, DateTimeOffset now)
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

        var learned = Learn(state, read, now);
        if (!state.IsUndo && learned.SickSince is { } since && now - since >= state.Terms.Pause)
        {
            return state.UndoTriedAt is { } tried && now - tried < state.Terms.Pause
                ? new RollOutStep.Wait(learned)
                : new RollOutStep.Undo(learned with { UndoTriedAt = now }, Sickness(Sick(state, read, now)));
        }

        if (learned.WholeSince is { } whole && now - whole >= (state.IsUndo ? TimeSpan.Zero : state.Terms.Watch))
        {
            return new RollOutStep.End(state.IsUndo
                ? new RollOutEnd.Undone(state.From, state.To, state.Why)
                : new RollOutEnd.Well(state.To, read.Instances.Count));
        }

        var outdated = Outdated(read);
        return outdated.Count > 0 && CanUpgrade(learned, read, now) ? Upgrade(learned, read, outdated, now)
            : now - state.StartedAt >= Patience + state.Terms.Watch ? new RollOutStep.End(new RollOutEnd.Stuck(
                state.To, learned.SickSince is null ? $"{outdated.Count} of {read.Instances.Count} instances do not have it" : Sickness(Sick(state, read, now))))
            : new RollOutStep.Wait(learned);
    }

    /// <summary>The resource says the old size. That is final once nothing is under way and its instances agree.</summary>
    private static RollOutStep NotTaken(RollOut state, SizeReading.Read read, DateTimeOffset now) =>
        !read.IsUpdating && read.Instances.All(instance => instance.IsCurrent) ? new RollOutStep.End(new RollOutEnd.NeverTaken(state.To))
        : now - state.StartedAt >= Patience ? new RollOutStep.End(new RollOutEnd.Stuck(state.To, $"the resource says {read.Size}, and some of its instances do not"))
        : new RollOutStep.Wait(state);

    private static RollOut Learn(RollOut state, SizeReading.Read read, DateTimeOffset now)
    {
        var isSick = Sick(state, read, now) > 0;
        var isWhole = !isSick && !read.IsUpdating && read.Instances.Count > 0
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

    private static string Sickness(int more) => more == 1 ? "1 more instance is not well than before" : $"{more} more instances are not well than before";

    private static List<SizedInstance> Outdated(SizeReading.Read read) => [.. read.Instances.Where(instance => !instance.IsCurrent)];

    private static bool CanUpgrade(RollOut state, SizeReading.Read read, DateTimeOffset now) =>
        read.Mode == RollOutMode.ByHand && !read.IsUpdating
        && (state.IsUndo || state.SickSince is null)
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
