namespace ScaleFunctions.Sandbox.Time;

/// <summary>The simulated time of this process. It never runs faster than the speed times real time, and stands still by itself.</summary>
public sealed class SimulatedClock : TimeProvider, ISimulatedTime
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _realTime;
    private readonly List<SimulatedTimer> _timers = [];
    private DateTimeOffset _now;
    private DateTimeOffset _anchor;
    private long _anchorReal;

    /// <param name="start">The first simulated instant.</param>
    /// <param name="speed">Simulated seconds a real second may have at most; 0 or infinity for no limit.</param>
    /// <param name="realTime">Paces the clock; the system's time when absent.</param>
    public SimulatedClock(DateTimeOffset start, double speed = 0, TimeProvider? realTime = null)
    {
        if (double.IsNaN(speed) || speed < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "the speed is 0, infinity or a positive number");
        }

        _realTime = realTime ?? System;
        _now = _anchor = start.ToUniversalTime();
        _anchorReal = _realTime.GetTimestamp();
        Speed = speed;
    }

    /// <summary>Simulated seconds a real second may have at most; 0 or infinity for no limit.</summary>
    public double Speed { get; }

    public TimeProvider Clock => this;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private bool IsUnlimited => Speed == 0 || double.IsInfinity(Speed);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>A timer that fires when simulated time passes its due time.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public async ValueTask AdvanceToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await WaitAsync(RealWaitUntil(to), cancellationToken).ConfigureAwait(false);
        MoveTo(to);
    }

    public async ValueTask SpendAsync(TimeSpan simulated, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(simulated, TimeSpan.Zero);
        var due = GetUtcNow() + simulated;
        await WaitAsync(IsUnlimited ? TimeSpan.Zero : simulated / Speed, cancellationToken).ConfigureAwait(false);
        MoveTo(due);
    }

    /// <summary>Shows at least this time from now on, without waiting. Fires the timers that came due.</summary>
    internal void MoveTo(DateTimeOffset to)
    {
        lock (_gate)
        {
            if (to <= _now)
            {
                return;
            }

            _now = _anchor = to.ToUniversalTime();
            _anchorReal = _realTime.GetTimestamp();
        }

        foreach (var timer in DueTimers())
        {
            timer.Fire();
        }
    }

    internal void Track(SimulatedTimer timer)
    {
        lock (_gate)
        {
            if (!_timers.Contains(timer))
            {
                _timers.Add(timer);
            }
        }
    }

    internal void Forget(SimulatedTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private List<SimulatedTimer> DueTimers()
    {
        lock (_gate)
        {
            return [.. _timers.Where(timer => timer.Due <= _now.Ticks).OrderBy(timer => timer.Due)];
        }
    }

    // Measured from the last move: a slow tick gives no credit for a burst afterwards.
    private TimeSpan RealWaitUntil(DateTimeOffset to)
    {
        if (IsUnlimited)
        {
            return TimeSpan.Zero;
        }

        lock (_gate)
        {
            return ((to - _anchor) / Speed) - _realTime.GetElapsedTime(_anchorReal);
        }
    }

    private Task WaitAsync(TimeSpan real, CancellationToken cancellationToken) =>
        real <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(real, _realTime, cancellationToken);
}
