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
    private string _stamp = "";

    public async Task<PolicySet> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Stamp() is not { } stamp || stamp == _stamp)
        {
            return _current;
        }

        var isFirst = _stamp.Length == 0;
        _stamp = stamp;
        var loaded = isFirst ? _current : PolicyDirectory.Load(directory);
        if (!isFirst)
        {
            Terminal.Note($"policies changed: {loaded.Workloads.Count} workloads, {loaded.Errors.Count} errors");
            PolicyMessages.Print(loaded);
        }

        if (loaded.Workloads.Count == 0 || loaded.HorizontalScaling.Count == 0)
        {
            Terminal.Note("the changed policies would govern nothing; the last good set stays in force");
            return _current;
        }

        _current = loaded;
        await rows.ChangeFleetAsync(fleet => fleet.Load(loaded, time.GetUtcNow(), "local"), cancellationToken);
        return _current;
    }

    /// <summary>Nothing while the directory cannot be read: an editor may be replacing it.</summary>
    private string? Stamp()
    {
        try
        {
            return PolicyDirectory.Stamp(directory);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException)
        {
            return null;
        }
    }
}
