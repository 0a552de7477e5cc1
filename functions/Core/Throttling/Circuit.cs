namespace ScaleFunctions.Core.Throttling;

/// <summary>
/// Whether requests of a lane may leave. It is shut by a 429 for as long as the answer says, and by repeated faults for a while;
/// then one request goes ahead, and its answer decides for all.
/// </summary>
/// <example>
/// <code>
/// Flowing ── told to wait, or 8 faults in a row ──► Shut ── time is over ──► Probing ── success ──► Flowing
///                                                    ▲                          │
///                                                    └───── told, or a fault ───┘
/// </code>
/// </example>
public abstract record Circuit
{
    /// <summary>Two calls with all their retries: one that fails alone is no reason to stop the others.</summary>
    public const int FaultsToShut = 8;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Shorter than a tick: every tick asks at least once, or an outage would blind us longer than it lasts.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    private Circuit()
    {
    }

    /// <param name="Faults">Faults since the last success.</param>
    public sealed record Flowing(int Faults) : Circuit;

    /// <param name="Until">Nothing leaves before.</param>
    /// <param name="Times">How often in a row it was shut.</param>
    /// <param name="IsTold">Whether Azure told how long to wait: then waiting helps.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Shut(DateTimeOffset Until, int Times, bool IsTold, string Reason) : Circuit;

    /// <summary>One request is under way.</summary>
    public sealed record Probing(int Times, bool IsTold, string Reason) : Circuit;

    public static Circuit New { get; } = new Flowing(0);

    /// <summary>The one request that goes ahead.</summary>
    /// <exception cref="InvalidOperationException">It is not shut.</exception>
    public Probing Probe() => this is Shut shut
        ? new Probing(shut.Times, shut.IsTold, shut.Reason)
        : throw new InvalidOperationException("only a circuit that is shut is probed");

    /// <param name="isProbe">Whether it is the answer to the one that went ahead: an older one says nothing about now.</param>
    public Circuit Succeed(bool isProbe) => this is Flowing || isProbe ? New : this;

    /// <summary>Azure says how long to wait.</summary>
    public Circuit Tell(DateTimeOffset until, bool isProbe, string reason) => this switch
    {
        Flowing => new Shut(until, 1, IsTold: true, reason),
        Shut shut => until > shut.Until ? shut with { Until = until, IsTold = true } : shut,
        Probing probing when isProbe => new Shut(until, probing.Times + 1, IsTold: true, reason),
        _ => this,
    };

    /// <summary>A fault of the service or of the way to it.</summary>
    /// <param name="now">When.</param>
    /// <param name="jitter">From 0 to below 1: spreads the workers, so that they do not come back together.</param>
    /// <param name="isProbe">Whether it befell the one that went ahead.</param>
    /// <param name="reason">What happened.</param>
    public Circuit Fail(DateTimeOffset now, double jitter, bool isProbe, string reason) => this switch
    {
        Flowing { Faults: < FaultsToShut - 1 } flowing => new Flowing(flowing.Faults + 1),
        Flowing => new Shut(now + Pause(1, jitter), 1, IsTold: false, reason),
        Probing probing when isProbe => new Shut(now + Pause(probing.Times + 1, jitter), probing.Times + 1, IsTold: false, reason),
        _ => this,
    };

    /// <summary>The one that went ahead was called back: another may go.</summary>
    public Circuit Abandon(DateTimeOffset now) =>
        this is Probing probing ? new Shut(now, probing.Times, probing.IsTold, probing.Reason) : this;

    /// <summary>10, 20, 40, 40 … seconds, each up to a quarter shorter or longer.</summary>
    public static TimeSpan Pause(int times, double jitter)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(times - 1, 0, 10));
        return (doubled < Longest ? doubled : Longest) * (0.75 + (Math.Clamp(jitter, 0, 1) / 2));
    }
}
