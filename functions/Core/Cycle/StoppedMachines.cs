using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Tells of machines that are stopped for a size and stay so: nobody serves meanwhile, and nobody else may know why.</summary>
internal static class StoppedMachines
{
    /// <summary>Stopping, resizing and starting take a few minutes.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>What a person has to be told; null while there is nothing.</summary>
    public static string? Alert(TargetRow row, KillSwitch killSwitch, PolicyMode ceiling, DateTimeOffset now)
    {
        if (row.Restage is not { } state)
        {
            return null;
        }

        var since = $"{row.Target.Name} is stopped since {state.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} on its way to {state.Aim}";
        return state.WasDown && StepHolds.Of(row, Stop(killSwitch), ceiling, now) is { } held ? $"{since}, and stays so: {held}. Lift it, or start the machine by hand"
            : state.WasDown && now - state.StartedAt >= Usual ? $"{since}, and could not be started yet{(state.Why.Length > 0 ? $": {state.Why}" : "")}. It is tried again; please look"
            : null;
    }

    /// <summary>What of ours forbids the next step; null when nothing does.</summary>
    public static string? WhyHeld(TargetRow row, WriteStop stop, DateTimeOffset now) =>
        row.Pause is { } pause && pause.IsActive(now) ? $"it is paused by {pause.By}: {pause.Reason}"
        : stop is WriteStop.KillSwitch set ? $"the kill switch is set by {set.By}: {set.Why}"
        : stop is not WriteStop.None ? "the kill switch cannot be read, which counts as set"
        : null;

    private static WriteStop Stop(KillSwitch killSwitch) =>
        killSwitch.IsSet ? new WriteStop.KillSwitch(killSwitch.By, killSwitch.Reason, killSwitch.At) : new WriteStop.None();
}
