using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Loads the policies again when a file changed. A set without a single policy, or with bounds that cannot be read, keeps the last good one.</summary>
internal sealed class PolicyWatch(
    string directory, PolicySet first, RowStore rows, TimeProvider time, Action<string> tell) : IPolicySource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    private PolicySet _current = first;
    private string? _stamp;

    public void Dispose() => _gate.Dispose();

    public async Task<PolicySet> CurrentAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<PolicySet> ReadAsync(CancellationToken cancellationToken)
    {
        if (Stamp() is not { } stamp || stamp == _stamp)
        {
            return _current;
        }

        var isFirst = _stamp is null;
        _stamp = stamp;
        if ((isFirst ? _current : Changed()) is not { } loaded)
        {
            return _current;
        }

        _current = loaded;
        await rows.ChangeFleetAsync(fleet => fleet.Load(loaded, time.GetUtcNow(), "policies"), cancellationToken);
        return _current;
    }

    /// <summary>The set as it is now; nothing when it would govern nothing, or nobody knows what it forbids.</summary>
    private PolicySet? Changed()
    {
        PolicySet? usable = null;
        try
        {
            var loaded = PolicyDirectory.Load(directory);
            tell($"policies changed; errors: {loaded.Errors.Count}");
            PolicyMessages.Tell(loaded, tell);
            usable = loaded.Workloads.Count > 0 && loaded.HorizontalScaling.Count > 0 && !loaded.AreBoundsLost ? loaded : null;
        }
        catch (UserErrorException exception)
        {
            tell($"policies changed: {exception.Message}");
        }

        if (usable is null)
        {
            tell("the changed policies would govern nothing, or lack bounds that cannot be read; the last good set stays in force");
        }

        return usable;
    }

    /// <summary>Nothing while the directory cannot be read: an editor may be replacing it.</summary>
    private string? Stamp()
    {
        try
        {
            return PolicyDirectory.Stamp(directory);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
