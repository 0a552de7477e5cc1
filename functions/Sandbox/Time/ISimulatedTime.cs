namespace ScaleFunctions.Sandbox.Time;

/// <summary>
/// Time that moves only when it is told to. The driver advances it after everything the last tick caused was
/// answered; waits inside a tick are charged to it. So results do not depend on the machine.
/// </summary>
public interface ISimulatedTime
{
    /// <summary>The simulated time as the rest of the program reads it.</summary>
    TimeProvider Clock { get; }

    /// <summary>Moves the clock forward, not faster than the speed allows. Never moves it back.</summary>
    ValueTask AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Charges a wait: really waits the wait divided by the speed, then the clock shows at least its end.</summary>
    ValueTask SpendAsync(TimeSpan simulated, CancellationToken cancellationToken);
}
