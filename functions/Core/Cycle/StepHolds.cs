using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What of ours forbids the next step of something that was begun, whatever policies say of it.</summary>
internal static class StepHolds
{
    /// <summary>The reason; null when nothing does.</summary>
    /// <param name="row">The target's row.</param>
    /// <param name="stop">What stops the fleet.</param>
    /// <param name="ceiling">The most this installation may do.</param>
    /// <param name="now">The present.</param>
    public static string? Of(TargetRow row, Plans.WriteStop stop, PolicyMode ceiling, DateTimeOffset now) =>
        ceiling == PolicyMode.Observe ? "this installation only observes" : StoppedMachines.WhyHeld(row, stop, now);
}
