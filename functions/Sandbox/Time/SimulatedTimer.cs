namespace ScaleFunctions.Sandbox.Time;

internal sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly Lock _gate = new();
    private long _due = long.MaxValue;
    private TimeSpan _period;
    private bool _isDisposed;

    /// <summary>When it fires next, in ticks; the largest number when it does not. The clock reads it without this timer's lock.</summary>
    public long Due => Volatile.Read(ref _due);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            _period = period;
            Volatile.Write(ref _due, dueTime < TimeSpan.Zero ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks);
        }

        clock.Track(this);
        Fire();
        return true;
    }

    /// <summary>Fires when it is due: once, however many periods a jump of the clock skipped, as a real timer on a busy machine does.</summary>
    public void Fire()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_isDisposed || Due > now)
            {
                return;
            }

            Volatile.Write(ref _due, _period > TimeSpan.Zero ? now + _period.Ticks : long.MaxValue);
        }

        callback(state);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        clock.Forget(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
