namespace ScaleFunctions.Adapters.Throttling;

/// <summary>
/// Until when the work at hand may wait for Azure: what would have to wait longer is deferred to the next tick and told. It goes
/// with the call, through whatever it awaits.
/// </summary>
public sealed class RequestDeadline
{
    private readonly AsyncLocal<DateTimeOffset?> _until = new();
    private readonly AsyncLocal<WorkEnd?> _end = new();

    /// <summary>The last moment to wait for; nothing when there is no hurry.</summary>
    public DateTimeOffset? Until => _until.Value;

    /// <summary>
    /// What is left for the work itself, in real time, whatever clock Azure's limits go by: an Azure that answers nothing moves
    /// no simulated one. Nothing when it may take as long as it takes.
    /// </summary>
    public TimeSpan? Left => _end.Value?.Left;

    /// <summary>Whether the time for the work is up: then nothing leaves any more.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>
    /// Holds for the caller until it is disposed of: nothing leaves after so long, and what is under way then is given up.
    /// </summary>
    public IDisposable BeginWork(TimeSpan longest, TimeProvider real)
    {
        var before = _end.Value;
        _end.Value = new WorkEnd(real, real.GetTimestamp(), longest);
        return new Undo(() => _end.Value = before);
    }

    /// <summary>Holds for the caller until it is disposed of. Of two the earlier counts.</summary>
    public IDisposable Begin(DateTimeOffset until)
    {
        var before = _until.Value;
        _until.Value = before < until ? before : until;
        return new Undo(() => _until.Value = before);
    }

    private sealed record WorkEnd(TimeProvider Real, long Begin, TimeSpan Longest)
    {
        public TimeSpan Left => Longest - Real.GetElapsedTime(Begin);
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
