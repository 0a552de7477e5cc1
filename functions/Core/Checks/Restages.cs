using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Checks;

/// <summary>
/// Decides the next step of a machine on its way to another size. It only looks at what the machine is: so it goes on right after any
/// end of a process. Whatever fails while it is down, the other of both sizes is tried next, and that goes on until it runs: nobody can
/// prove beforehand that Azure will give a size that it offers.
/// </summary>
/// <example>
/// <code>
/// runs, old size      deallocate         (refused: it stays as it is)
/// down, old size      resize             (refused: start with the old size)
/// down, new size      start              (no room: resize back, start with the old size, or else the new one, …)
/// runs, new size      watched like any other size
/// </code>
/// </example>
public static class Restages
{
    /// <summary>Tries to deallocate before it is left as it is.</summary>
    private const int MostRefusals = 3;

    public static RestageStep Next(Restage state, CapacityReading reading, DateTimeOffset now)
    {
        if (reading is CapacityReading.Gone)
        {
            return new RestageStep.End(new RollOutEnd.Stuck(state.To, "the machine does not exist any more"));
        }

        if (reading is not CapacityReading.Read { IsUpdating: false } read)
        {
            return new RestageStep.Wait(state);
        }

        return !Is(read.Sku, state.From) && !Is(read.Sku, state.To) ? Foreign(state, read, now)
            : read.Capacity > 0 ? Running(state, read, now)
            : Down(state, read, now);
    }

    private static RestageStep Running(Restage state, CapacityReading.Read read, DateTimeOffset now)
    {
        if (Is(read.Sku, state.To))
        {
            return state.IsUndo ? new RestageStep.End(new RollOutEnd.Undone(state.From, state.To, state.Why)) : new RestageStep.Watch(new RollOut(
                state.Epoch, state.From, state.To, state.Terms, state.UnhealthyBefore, now)
            {
                BatchAt = now,
                Peak = state.Peak,
                PolicyVersion = state.PolicyVersion,
                IsByStopping = true,
            });
        }

        if (state.WasDown)
        {
            var why = state.Why.Length > 0 ? state.Why : "somebody started it before it had the new size";
            return new RestageStep.End(state.IsUndo ? new RollOutEnd.Stuck(state.From, $"it could not be taken back: {why}") : new RollOutEnd.Undone(state.To, state.From, why));
        }

        var failed = state.Tried is { Step: RestageAct.Deallocate };
        return !failed ? Act(state, RestageAct.Deallocate, read.Sku, now)
            : state.Failures + 1 >= MostRefusals ? new RestageStep.End(new RollOutEnd.NeverTaken(state.To))
            : IsRecent(state.Tried!, state, now) ? new RestageStep.Wait(state)
            : Act(state with { Failures = state.Failures + 1 }, RestageAct.Deallocate, read.Sku, now);
    }

    private static RestageStep Down(Restage state, CapacityReading.Read read, DateTimeOffset now)
    {
        var seen = state with { WasDown = true };
        if (seen.Tried is { Step: not RestageAct.Deallocate } tried && !(tried.Step == RestageAct.Resize && Is(read.Sku, tried.Size)))
        {
            // Both sizes once at once, and from then on one of them each pause: what there is no room for now there may be later.
            if (seen.Failures >= 2 && IsRecent(tried, seen, now))
            {
                return new RestageStep.Wait(seen);
            }

            seen = seen with
            {
                Aim = Is(seen.Aim, seen.To) ? seen.From : seen.To,
                Failures = seen.Failures + 1,
                Why = seen.IsUndo ? seen.Why : $"it could not be {(tried.Step == RestageAct.Start ? "started with" : "given")} {tried.Size}",
            };
        }

        return Is(read.Sku, seen.Aim) ? Act(seen, RestageAct.Start, seen.Aim, now) : Act(seen, RestageAct.Resize, seen.Aim, now);
    }

    /// <summary>Somebody else gave it a size of its own; down it is not left.</summary>
    private static RestageStep Foreign(Restage state, CapacityReading.Read read, DateTimeOffset now) =>
        read.Capacity > 0 || !state.WasDown ? new RestageStep.End(new RollOutEnd.Overtaken(read.Sku))
        : state.Tried is { Step: RestageAct.Start } tried && IsRecent(tried, state, now) ? new RestageStep.Wait(state)
        : Act(state, RestageAct.Start, read.Sku, now);

    private static RestageStep.Act Act(Restage state, RestageAct what, string size, DateTimeOffset now) =>
        new(state with { Tried = new RestageTry(what, size, now) }, what);

    /// <summary>Within a pause. What was tried in the future was so before the clock was put back, and nobody waits for that.</summary>
    private static bool IsRecent(RestageTry tried, Restage state, DateTimeOffset now) => tried.At <= now && now - tried.At < state.Terms.Pause;

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
