using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Local;

/// <summary>Loads the policies again when a file changed. A set without a single policy keeps the last good one.</summary>
internal sealed class PolicyWatch(string directory, PolicySet first, RowStore rows, TimeProvider time)
{
    private PolicySet _current = first;
    private string? _stamp;

    public async Task<PolicySet> CurrentAsync(CancellationToken cancellationToken)
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
        await rows.ChangeFleetAsync(fleet => fleet.Load(loaded, time.GetUtcNow(), "local"), cancellationToken);
        return _current;
    }

    /// <summary>The set as it is now; nothing when it would govern nothing.</summary>
    private PolicySet? Changed()
    {
        PolicySet? usable = null;
        try
        {
            var loaded = PolicyDirectory.Load(directory);
            Terminal.Note($"policies changed; errors: {loaded.Errors.Count}");
            PolicyMessages.Print(loaded);
            usable = loaded.Workloads.Count > 0 && loaded.HorizontalScaling.Count > 0 ? loaded : null;
        }
        catch (UserErrorException exception)
        {
            Terminal.Note($"policies changed: {exception.Message}");
        }

        if (usable is null)
        {
            Terminal.Note("the changed policies would govern nothing; the last good set stays in force");
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
