using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Looks whether policy files have changed. A change counts when two looks with some seconds between them find the same, and
/// nothing changes while the files are read: a set that is half-written is none.
/// </summary>
/// <param name="files">Where they are.</param>
/// <param name="time">The time of the run, which may be simulated.</param>
/// <param name="wall">The time in which people write files.</param>
/// <param name="tell">Takes what people should know.</param>
internal sealed class PolicyLooks(IPolicyFiles files, TimeProvider time, TimeProvider wall, Action<string> tell)
{
    /// <summary>Who copies a set file by file does not rest longer between two of them.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>An editor or a deployment that replaces the directory is done by then.</summary>
    private static readonly TimeSpan Replacing = TimeSpan.FromMinutes(5);

    // As of when the first set was read, not of the first look: what is edited in between counts.
    private string _stamp = "";

    /// <summary>What has that stamp could not be read.</summary>
    private bool _isUnread;

    /// <summary>A change that is not taken yet, and since when it looks so.</summary>
    private (string Stamp, DateTimeOffset Since)? _seen;

    /// <summary>Since when nobody can look there; absent while one can.</summary>
    private DateTimeOffset? _goneSince;

    private DateTimeOffset? _lookedAt;

    /// <summary>What the files say; absent while that cannot be used.</summary>
    public PolicySnapshot? Latest { get; private set; }

    /// <summary>Why the files as they are now cannot be used; absent when they can.</summary>
    public string? Trouble { get; private set; }

    /// <summary>What there is at the start, which counts at once.</summary>
    public async Task<PolicySnapshot> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync(cancellationToken) ?? Nothing($"the policies in {files.Place} change while they are read");
        }
        catch (UserErrorException exception)
        {
            return Nothing(exception.Message);
        }
    }

    /// <summary>Goes on from what was read already.</summary>
    public void Begin(PolicySnapshot first)
    {
        (_stamp, Trouble, _isUnread) = (first.Stamp, first.WhyNot, false);
        Latest = Trouble is null ? At(first) : null;
    }

    /// <summary>Looks once.</summary>
    /// <returns>Whether the files were found to have changed, for better or worse.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var now = wall.GetUtcNow();
        if (_lookedAt is { } last && (now - last).Duration() < files.Every)
        {
            return false;
        }

        _lookedAt = now;
        if (await StampAsync(cancellationToken) is not { } stamp)
        {
            return await MissAsync(cancellationToken);
        }

        _goneSince = null;
        if (stamp == _stamp && !_isUnread)
        {
            _seen = null;
        }
        else if (_seen is not { } seen || seen.Stamp != stamp)
        {
            _seen = (stamp, now);
        }
        else if ((now - seen.Since).Duration() >= Settled)
        {
            _seen = null;
            return await TakeAsync(stamp, cancellationToken);
        }

        return false;
    }

    /// <summary>For a while an editor or a deployment may be replacing the files; then they count as gone.</summary>
    private async Task<bool> MissAsync(CancellationToken cancellationToken)
    {
        _seen = null;
        _goneSince ??= time.GetUtcNow();
        if (_goneSince > time.GetUtcNow() - Replacing || _stamp.Length == 0)
        {
            return false;
        }

        // Whatever is there again is a change.
        return await TakeAsync("", cancellationToken);
    }

    private async Task<bool> TakeAsync(string stamp, CancellationToken cancellationToken)
    {
        try
        {
            if (await files.ReadAsync(cancellationToken) is not { } read || read.Stamp != stamp || await StampAsync(cancellationToken) != stamp)
            {
                return false;
            }

            tell($"policies changed; errors: {read.Policies.Errors.Count}");
            PolicyMessages.Tell(read.Policies, tell);
            Begin(read);
        }
        catch (UserErrorException exception)
        {
            // A fault may pass without a change of the files: it is read again at the next looks, and told once.
            var isKnown = Latest is null && Trouble == exception.Message;
            (_stamp, Latest, Trouble, _isUnread) = (stamp, null, exception.Message, stamp.Length > 0);
            if (isKnown)
            {
                return false;
            }

            tell($"policies changed: {exception.Message}");
        }

        if (Trouble is not null)
        {
            tell("the changed policies would govern nothing, or lack bounds that cannot be read; the last good set stays in force");
        }

        return true;
    }

    private PolicySnapshot At(PolicySnapshot read) => read with { Place = read.Place.Length > 0 ? read.Place : files.Place, ReadAt = time.GetUtcNow() };

    private static PolicySnapshot Nothing(string trouble) => new(PolicyReader.Read([]), "") { Trouble = trouble };

    private async Task<string?> StampAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await files.StampAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
