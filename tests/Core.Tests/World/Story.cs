using CsCheck;

namespace ScaleFunctions.Core.Tests.World;

/// <summary>Something that happens at one port call of a tick.</summary>
internal enum Event
{
    Nothing, CrashBefore, CrashAfter, StoreFault, StoreFaultAfter, Slow, VerySlow, ForeignChange, ForeignOperation, KillSwitchOn,
    KillSwitchOff, Pause, ArmReadFault,
}

/// <summary>What the metrics and the inventory show during a tick.</summary>
internal enum View
{
    Clear, MetricsFailed, MetricsNotANumber, MetricsWithGap, MetricsZero, InventoryPartial, TagsUnknown, InventoryOld,
}

/// <summary>What becomes of the writes of a tick.</summary>
internal enum Fate
{
    Accepted, Rejected, UnknownWithoutEffect, UnknownWithEffect, UnknownLanding40SecondsLater, UnknownLanding65SecondsLater,
    OperationFails, OperationNeverEnds,
}

/// <summary>One tick: time passes, the load is what it is, something may go wrong at a port call.</summary>
internal sealed record Tick(int Seconds, int Load, View View, Fate Fate, int Policy, Event First, int FirstAt, Event Second, int SecondAt);

/// <summary>A history of one target: who runs, in which order, and what happens.</summary>
/// <param name="Workers">One worker, or two that interleave at every port call.</param>
/// <param name="Schedule">Who goes on at each port call, by bits.</param>
/// <param name="Capacity">Instances at the start.</param>
/// <param name="Ticks">What happens.</param>
internal sealed record Story(int Workers, uint Schedule, int Capacity, Tick[] Ticks)
{
    private static readonly Gen<Tick> GenTick = Gen.Select(
        Gen.Int[20, 200], Gen.Int[0, 1_500], Rarely(Gen.Enum<View>(), View.Clear), Rarely(Gen.Enum<Fate>(), Fate.Accepted),
        Gen.Int[0, Town.Policies.Count - 1],
        Gen.Select(Gen.Enum<Event>(), Gen.Int[1, 24], Rarely(Gen.Enum<Event>(), Event.Nothing), Gen.Int[1, 24]),
        (seconds, load, view, fate, policy, events) =>
            new Tick(seconds, load, view, fate, policy, events.Item1, events.Item2, events.Item3, events.Item4));

    public static Gen<Story> Any(int workers) => Gen.Select(
        Gen.UInt, Gen.Int[1, 25], GenTick.Array[1, 4],
        (schedule, capacity, ticks) => new Story(workers, schedule, capacity, ticks));

    public override string ToString() => $"{Workers} workers, schedule {Schedule}, {Capacity} instances:\n  {string.Join("\n  ", Ticks.Select(tick => tick.ToString()))}";

    private static Gen<T> Rarely<T>(Gen<T> gen, T usual) => Gen.Frequency((2, Gen.Const(usual)), (1, gen));
}
