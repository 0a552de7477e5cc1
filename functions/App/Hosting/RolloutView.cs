using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>A changed set of policies on its way from ring to ring, for people and programs.</summary>
/// <param name="Next">Hash of the changed set.</param>
/// <param name="Before">Hash of the set before it, which counts for all others.</param>
/// <param name="Ring">Name of the last ring that has it.</param>
/// <param name="Rings">All of them, in their order.</param>
/// <param name="BegunAt">When the first ring got it.</param>
/// <param name="Since">When the last one got it.</param>
/// <param name="SoakLeft">What is left of the time in which it must do well.</param>
/// <param name="Count">What was found at the last look; absent before the first one.</param>
/// <param name="Criteria">What is asked for before the next ring gets it.</param>
/// <param name="Halt">Who halted it, and why; absent while it goes on.</param>
internal sealed record RolloutView(
    string Next, string Before, string Ring, IReadOnlyList<RingMark> Rings, DateTimeOffset BegunAt, DateTimeOffset Since, TimeSpan SoakLeft, RingCount? Count,
    IReadOnlyList<RingCriterion> Criteria, RolloutHalt? Halt)
{
    public static RolloutView Of(PolicyRollout open) => new(
        open.Next, open.Before, open.Current.Name, open.Rings, open.BegunAt, open.Since, open.SoakLeft, open.Count, open.Standing, open.Halt);
}
