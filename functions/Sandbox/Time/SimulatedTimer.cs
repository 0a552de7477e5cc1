namespace ScaleFunctions.Sandbox.Time;

internal sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private bool _isDisposed;

    /// <summary>When it fires next; the end of time when it does not.</summary>
    public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            _period = period;
            Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock.GetUtcNow() + dueTime;
        }

        clock.Track(this);
        if (Due <= clock.GetUtcNow())
        {
            Fire();
        }

        return true;
    }

    /// <summary>Fires once, however many periods a jump of the clock skipped, as a real timer on a busy machine does.</summary>
    public void Fire()
    {
        lock (_gate)
        {
            if (_isDisposed || Due > clock.GetUtcNow())
            {
                return;
            }

            Due = _period > TimeSpan.Zero ? clock.GetUtcNow() + _period : DateTimeOffset.MaxValue;
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
