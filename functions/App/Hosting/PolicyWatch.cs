using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Loads the policies again when a file changed. A set without a single policy, or with bounds that cannot be read, keeps the last good one.</summary>
internal sealed class PolicyWatch : IPolicySource, IDisposable
{
    private readonly string _directory;
    private readonly RowStore _rows;
    private readonly ResourceKinds _kinds;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly SemaphoreSlim _gate = new(1);

    private PolicySet _current;

    // As of when the first set was read, not of the first look: what is edited in between counts.
    private string _stamp;

    private bool _isNoted;

    /// <param name="directory">Where the files are.</param>
    /// <param name="first">What was read of them already.</param>
    /// <param name="rows">Where a change of policies is noted.</param>
    /// <param name="kinds">Told the kinds of resources that the policies declare.</param>
    /// <param name="time">The time.</param>
    /// <param name="tell">Takes what people should know.</param>
    public PolicyWatch(
        string directory, PolicySnapshot first, RowStore rows, ResourceKinds kinds, TimeProvider time, Action<string> tell)
    {
        (_directory, _rows, _kinds, _time, _tell) = (directory, rows, kinds, time, tell);
        (_current, _stamp) = (first.Policies, first.Stamp);
        kinds.Use(_current);
    }

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
            await _rows.ChangeFleetAsync(fleet => fleet.Load(current, _time.GetUtcNow(), "policies"), cancellationToken);
            _isNoted = true;
        }

        return _current;
    }

    /// <summary>Takes the set as it is now, unless it would govern nothing, or nobody knows what it forbids.</summary>
    private void Change()
    {
        try
        {
            var (loaded, stamp) = PolicyDirectory.Read(_directory);
            _stamp = stamp;
            _tell($"policies changed; errors: {loaded.Errors.Count}");
            PolicyMessages.Tell(loaded, _tell);
            if (loaded.Workloads.Count > 0 && loaded.HorizontalScaling.Count > 0 && !loaded.AreBoundsLost)
            {
                (_current, _isNoted) = (loaded, false);
                _kinds.Use(loaded);
                return;
            }
        }
        catch (UserErrorException exception)
        {
            _tell($"policies changed: {exception.Message}");
        }

        _tell("the changed policies would govern nothing, or lack bounds that cannot be read; the last good set stays in force");
    }

    /// <summary>Nothing while the directory cannot be read: an editor may be replacing it.</summary>
    private string? Stamp()
    {
        try
        {
            return PolicyDirectory.Stamp(_directory);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
