using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Whether ticks run, by the fleet's row: any worker that reads it says the same.</summary>
public abstract record TickHealth
{
    /// <summary>Ticks that may fail to finish in a row. One is a batch that was lost, which the next tick makes good.</summary>
    private const int Tolerated = 3;

    private TickHealth()
    {
    }

    public sealed record Ticking : TickHealth;

    /// <summary>None has finished yet: a new installation is not well before it has shown that it is.</summary>
    public sealed record NeverTicked : TickHealth;

    /// <param name="For">Since a tick was last seen to have finished.</param>
    public sealed record Stopped(TimeSpan For) : TickHealth;

    /// <summary>The row tells of a tick to come, by a worker's clock that is wrong: whether ticks run is not known until one finishes now.</summary>
    /// <param name="By">From now until then.</param>
    public sealed record Ahead(TimeSpan By) : TickHealth;

    public static TickHealth Of(FleetRow fleet, TimeSpan interval, DateTimeOffset now) => fleet.TickFinishedAt switch
    {
        null => new NeverTicked(),
        { } at when now - at > Tolerated * interval => new Stopped(now - at),
        { } at when at - now > Tolerated * interval => new Ahead(at - now),
        _ => new Ticking(),
    };
}
