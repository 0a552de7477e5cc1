using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Loads the policies again when a file changed. A set without a single policy, or with bounds that cannot be read, keeps the last good one.</summary>
internal sealed class PolicyWatch(
    string directory, PolicySnapshot first, RowStore rows, TimeProvider time, Action<string> tell) : IPolicySource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    private PolicySet _current = first.Policies;

    // As of when the first set was read, not of the first look: what is edited in between counts.
    private string _stamp = first.Stamp;

    private bool _isNoted;

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
        if (Stamp() is { } stamp && stamp != _stamp)
        {
            _stamp = stamp;
            Change();
        }

        if (!_isNoted)
        {
            // What the store did not take is tried again at the next look.
            var current = _current;
            await rows.ChangeFleetAsync(fleet => fleet.Load(current, time.GetUtcNow(), "policies"), cancellationToken);
            _isNoted = true;
        }

        return _current;
    }

    /// <summary>Takes the set as it is now, unless it would govern nothing, or nobody knows what it forbids.</summary>
    private void Change()
    {
        try
        {
            var (loaded, stamp) = PolicyDirectory.Read(directory);
            _stamp = stamp;
            tell($"policies changed; errors: {loaded.Errors.Count}");
            PolicyMessages.Tell(loaded, tell);
            if (loaded.Workloads.Count > 0 && loaded.HorizontalScaling.Count > 0 && !loaded.AreBoundsLost)
            {
                (_current, _isNoted) = (loaded, false);
                return;
            }
        }
        catch (UserErrorException exception)
        {
            tell($"policies changed: {exception.Message}");
        }

        tell("the changed policies would govern nothing, or lack bounds that cannot be read; the last good set stays in force");
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
