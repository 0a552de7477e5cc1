using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Loads the policies again when a file changed. A set without a single policy, or with bounds that cannot be read, keeps the last
/// good one: the one in memory, or after a restart the one in the state. That acts for some days; then it only observes. A set that
/// governs far fewer resources than the one before waits for a person, or an hour.
/// </summary>
internal sealed class PolicyWatch : IPolicySource, IDisposable
{
    /// <summary>An editor or a deployment that replaces the directory is done by then.</summary>
    private static readonly TimeSpan Replacing = TimeSpan.FromMinutes(5);

    private readonly string _directory;
    private readonly RowStore _rows;
    private readonly ResourceKinds _kinds;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly LastGoodPolicies? _kept;
    private readonly ITargetInventory? _inventory;
    private readonly SemaphoreSlim _gate = new(1);

    private PolicySet _current;
    private IReadOnlyList<PolicyFile> _files;

    // As of when the first set was read, not of the first look: what is edited in between counts.
    private string _stamp;

    /// <summary>Why the files as they are now cannot be used; nothing when they are what is in force.</summary>
    private string? _trouble;

    /// <summary>Until when a set acts that is not what the files say; absent when it is.</summary>
    private DateTimeOffset? _actsUntil;

    /// <summary>What the files say, and what they would no longer govern, while that is not in force; absent when it is.</summary>
    private (PolicySnapshot Asked, SelectionLoss Loss)? _waiting;

    /// <summary>Why there never were policies to go by, neither files nor what was kept; absent once there are.</summary>
    private string? _absent;

    /// <summary>Since when the directory itself cannot be read; absent while it can.</summary>
    private DateTimeOffset? _goneSince;

    private bool _isRestored;
    private bool _isNoted;

    /// <param name="directory">Where the files are.</param>
    /// <param name="first">What was read of them already.</param>
    /// <param name="rows">Where a change of policies is noted.</param>
    /// <param name="kinds">Told the kinds of resources that the policies declare.</param>
    /// <param name="time">The time.</param>
    /// <param name="tell">Takes what people should know.</param>
    /// <param name="kept">Where the last good set outlives the process; it does not when absent.</param>
    /// <param name="inventory">The resources that policies govern; how many they are is not looked at when absent.</param>
    public PolicyWatch(
        string directory, PolicySnapshot first, RowStore rows, ResourceKinds kinds, TimeProvider time, Action<string> tell,
        LastGoodPolicies? kept = null, ITargetInventory? inventory = null)
    {
        (_directory, _rows, _kinds, _time, _tell, _kept, _inventory) = (directory, rows, kinds, time, tell, kept, inventory);
        (_current, _stamp, _files) = (first.Policies, first.Stamp, first.Files);
        _trouble = first.Trouble ?? WhyNot(_current);
        _absent = first.Trouble;
        if (first.Trouble is { } trouble)
        {
            tell($"{trouble} Until then nothing is decided, but what was in force before, if the state has kept it");
        }

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
        if (Stamp() is { } stamp)
        {
            _goneSince = null;
            if (stamp != _stamp)
            {
                _stamp = await ChangeAsync(cancellationToken) ?? stamp;
            }
        }
        else if ((_goneSince ??= _time.GetUtcNow()) <= _time.GetUtcNow() - Replacing && _stamp.Length > 0)
        {
            // Whatever is there again is a change.
            _stamp = await ChangeAsync(cancellationToken) ?? "";
        }

        if (!_isRestored)
        {
            await RestoreAsync(cancellationToken);
            _isRestored = true;
        }

        if (_absent is { } absent)
        {
            // Loud at each tick, and no process that ends and is started again for ever.
            throw new UserErrorException(absent);
        }

        if (_waiting is { } waiting && await IsMeantAsync(waiting.Asked, cancellationToken))
        {
            Use(waiting.Asked);
        }

        if (!_isNoted)
        {
            // What the store did not take is tried again at the next look.
            await NoteAsync(cancellationToken);
            _isNoted = true;
        }

        return _actsUntil <= _time.GetUtcNow() ? Observing(_current) : _current;
    }

    /// <summary>Takes the set as it is now, unless it would govern nothing or far less, or nobody knows what it forbids.</summary>
    /// <returns>What was read, as <see cref="PolicyDirectory.Stamp"/> names it; nothing when it could not be.</returns>
    private async Task<string?> ChangeAsync(CancellationToken cancellationToken)
    {
        string? stamp = null;
        try
        {
            var snapshot = PolicyDirectory.Read(_directory);
            var loaded = snapshot.Policies;
            stamp = snapshot.Stamp;
            _tell($"policies changed; errors: {loaded.Errors.Count}");
            PolicyMessages.Tell(loaded, _tell);
            _trouble = WhyNot(loaded);
            if (_trouble is null)
            {
                if (await LossAsync(_current, loaded, cancellationToken) is { } loss)
                {
                    Wait(snapshot, loss);
                }
                else
                {
                    Use(snapshot);
                }

                return stamp;
            }
        }
        catch (UserErrorException exception)
        {
            _tell($"policies changed: {exception.Message}");
            _trouble = exception.Message;
        }

        (_waiting, _isNoted) = (null, false);
        _tell("the changed policies would govern nothing, or lack bounds that cannot be read; the last good set stays in force");
        return stamp;
    }

    /// <summary>After a restart on files that cannot be used, or that govern far less: what was in force before it.</summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (_kept is null || await _kept.ReadAsync(cancellationToken) is not { } last || WhyNot(last) is not null)
        {
            return;
        }

        if (WhyNot(_current) is not null)
        {
            (_current, _absent) = (last, null);
            _kinds.Use(last);
            _tell($"the policies cannot be used as they are ({_trouble}); the last good set, {last.Version[..12]}, is in force");
            return;
        }

        // What the last set declared counts among what there is.
        var files = new PolicySnapshot(_current, _stamp) { Files = _files };
        _kinds.Use(last);
        if (await LossAsync(last, files.Policies, cancellationToken) is not { } loss)
        {
            _kinds.Use(_current);
            return;
        }

        _current = last;
        Wait(files, loss);
    }

    private void Use(PolicySnapshot snapshot)
    {
        (_current, _files, _waiting, _isNoted, _absent) = (snapshot.Policies, snapshot.Files, null, false, null);
        _kinds.Use(snapshot.Policies);
    }

    private void Wait(PolicySnapshot asked, SelectionLoss loss)
    {
        (_waiting, _isNoted) = ((asked, loss), false);
        _tell($"the policies would {loss.Text}; "
            + "the set before them stays in force until a person approves, or for an hour: see 'approvals list'");
    }

    /// <summary>What is governed by one set and not by another, when that is a lot.</summary>
    private async Task<SelectionLoss?> LossAsync(PolicySet inForce, PolicySet asked, CancellationToken cancellationToken) =>
        _inventory is null || inForce.Version == asked.Version || WhyNot(inForce) is not null
            ? null
            : SelectionLoss.Between(inForce, asked, (await _inventory.ListAsync(cancellationToken)).Targets);

    /// <summary>Whether what waits may come into force: somebody approved, its time is over, or another worker found so.</summary>
    private async Task<bool> IsMeantAsync(PolicySnapshot asked, CancellationToken cancellationToken)
    {
        var fleet = await _rows.ReadFleetAsync(cancellationToken);
        var version = asked.Policies.Version;
        return fleet.Narrowing is { } open ? open.Version == version && open.IsAccepted(_time.GetUtcNow()) : _isNoted && fleet.PolicyVersion == version;
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        var (current, trouble, now) = (_current, WhyNot(_current) is null ? _trouble : null, _time.GetUtcNow());
        var fleet = await _rows.ChangeFleetAsync(
            row => Narrow(trouble is null
                ? row.Load(current, now, "policies").EndPolicyTrouble(now, "policies")
                : row.KeepPolicies(current.Version, trouble, now, "policies")),
            cancellationToken);
        _actsUntil = fleet.PolicyTrouble?.ActsUntil;
        if (_trouble is null && _waiting is null && _kept is not null && !await _kept.KeepAsync(current, _files, now, cancellationToken))
        {
            _tell("the policy files are too large to be kept in the state: after a restart on files that cannot be used nothing acts");
        }

        FleetRow Narrow(FleetRow row) => _waiting is { } waiting
            ? row.Narrow(waiting.Asked.Policies.Version, waiting.Loss, now, "policies")
            : row.EndNarrowing(current.Version, now, "policies");
    }

    /// <summary>Why a set cannot be used; nothing when it can.</summary>
    private static string? WhyNot(PolicySet policies) =>
        policies.AreBoundsLost ? "guardrails or a change calendar may stand in files that cannot be read"
        : policies.Workloads.Count == 0 ? "no usable Workload is left"
        : policies.HorizontalScaling.Count == 0 ? "no usable HorizontalScaling is left"
        : null;

    private static PolicySet Observing(PolicySet policies) =>
        policies with { Workloads = [.. policies.Workloads.Select(workload => workload with { Mode = PolicyMode.Observe })] };

    /// <summary>Nothing while the directory cannot be read: an editor may be replacing it.</summary>
    private string? Stamp()
    {
        try
        {
            return PolicyDirectory.Stamp(_directory);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
