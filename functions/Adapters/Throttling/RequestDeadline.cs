namespace ScaleFunctions.Adapters.Throttling;

/// <summary>
/// Until when the work at hand may wait for Azure: what would have to wait longer is deferred to the next tick and told. It goes
/// with the call, through whatever it awaits.
/// </summary>
public sealed class RequestDeadline
{
    private readonly AsyncLocal<DateTimeOffset?> _until = new();

    /// <summary>The last moment to wait for; nothing when there is no hurry.</summary>
    public DateTimeOffset? Until => _until.Value;

    /// <summary>Holds for the caller until it is disposed of. Of two the earlier counts.</summary>
    public IDisposable Begin(DateTimeOffset until)
    {
        var before = _until.Value;
        _until.Value = before < until ? before : until;
        return new End(this, before);
    }

    private sealed class End(RequestDeadline deadline, DateTimeOffset? before) : IDisposable
    {
        public void Dispose() => deadline._until.Value = before;
    }
}
