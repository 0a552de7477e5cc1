using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// Loads the policies again when a file changed. A set without a single policy, or with bounds that cannot be read, keeps the last
/// good one: the one in memory, or after a restart the one in the state. That acts for some days; then it only observes. A set that
/// governs far fewer resources than the one before waits for a person, or an hour. A person may choose a kept set until the files change.
/// Where rings are declared a changed set goes through them before it is in force.
/// </summary>
internal sealed class PolicyWatch : IPolicySource, IDisposable
{
    private readonly PolicyLooks _looks;
    private readonly PolicyChoice _choice;
    private readonly RingedSets _rings;
    private readonly RowStore _rows;
    private readonly ResourceKinds _kinds;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly LastGoodPolicies? _kept;
    private readonly ITargetInventory? _inventory;
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Absent before the first look at a place that nobody has read yet.</summary>
    private PolicySnapshot? _inForce;

    /// <summary>The set that was last weighed against the one in force; absent while there is nothing to weigh.</summary>
    private string? _weighed;

    /// <summary>How many resources a set governs, as they were counted when it was weighed.</summary>
    private (string Version, int Resources)? _governed;

    /// <summary>Until when a set acts that is not what the files say; absent when it is.</summary>
    private DateTimeOffset? _actsUntil;

    /// <summary>What shall be in force, and what that would no longer govern, while it is not; absent when it is.</summary>
    private (PolicySnapshot Asked, SelectionLoss Loss)? _waiting;

    /// <summary>Why there never were policies to go by, neither files nor what was kept; absent once there are.</summary>
    private string? _absent;

    private PolicySet? _declared;
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
    /// <param name="wall">The time in which people write files, where the other is simulated.</param>
    public PolicyWatch(
        string directory, PolicySnapshot first, RowStore rows, ResourceKinds kinds, TimeProvider time, Action<string> tell,
        LastGoodPolicies? kept = null, ITargetInventory? inventory = null, TimeProvider? wall = null)
        : this(new DirectoryPolicies(directory), rows, kinds, time, tell, kept, inventory, wall) => Begin(first);

    /// <summary>The same of any place, which is read at the first look.</summary>
    public PolicyWatch(
        IPolicyFiles files, RowStore rows, ResourceKinds kinds, TimeProvider time, Action<string> tell,
        LastGoodPolicies? kept = null, ITargetInventory? inventory = null, TimeProvider? wall = null)
    {
        (_rows, _kinds, _time, _tell, _kept, _inventory) = (rows, kinds, time, tell, kept, inventory);
        _looks = new PolicyLooks(files, time, wall ?? time, tell);
        _choice = new PolicyChoice(rows, kept, time, tell);
        _rings = new RingedSets(rows, kept, _choice, _looks, time);
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

    private PolicySnapshot Begin(PolicySnapshot first)
    {
        _looks.Begin(first);
        _inForce = _looks.Latest ?? first;
        (_absent, _weighed) = (first.Trouble, first.Policies.Version);
        if (first.Trouble is { } trouble)
        {
            _tell($"{trouble} Until then nothing is decided, but what was in force before, if the state has kept it");
        }

        Declare(first.Policies);
        return _inForce;
    }

    /// <summary>A set that is made anew at each look declares what it did before.</summary>
    private void Declare(PolicySet policies)
    {
        if (!ReferenceEquals(_declared, policies))
        {
            _kinds.Use(policies);
            _declared = policies;
        }
    }

    private async Task<PolicySet> ReadAsync(CancellationToken cancellationToken)
    {
        var inForce = _inForce ?? Begin(await _looks.FirstAsync(cancellationToken));
        var haveChanged = await _looks.LookAsync(cancellationToken);
        if (haveChanged)
        {
            _weighed = null;
            _isNoted &= _looks.Latest is not null;
        }

        if (!_isRestored)
        {
            await RestoreAsync(inForce, cancellationToken);
            _isRestored = true;
        }

        await _choice.ReadAsync(_looks.Latest, haveChanged, cancellationToken);
        if (await _rings.BeforeAsync(_inForce!, cancellationToken) is { } before)
        {
            // Others know already what was in force when the rollout began.
            (_inForce, _weighed, _absent) = (before, null, null);
        }

        if (_rings.Finished(_inForce!.Policies) is { } finished)
        {
            // What waits for a person waits on, against another set in force. Files that are older than that set are not weighed against it.
            _weighed = _waiting is null ? _weighed : null;
            Use(finished);
        }

        await WeighAsync(_choice.Set ?? _looks.Latest, cancellationToken);
        if (_absent is { } absent)
        {
            // Loud at each tick, and no process that ends and is started again for ever.
            throw new UserErrorException(absent);
        }

        if (_waiting is { } waiting && await IsMeantAsync(waiting.Asked, cancellationToken))
        {
            Take(waiting.Asked);
        }

        _isNoted &= !_rings.IsToBegin;
        if (!_isNoted)
        {
            // What the store did not take is tried again at the next look.
            await NoteAsync(_inForce!, cancellationToken);
            _isNoted = true;
        }

        var policies = await _rings.WithNextAsync(_inForce!.Policies, cancellationToken);
        Declare(policies);
        return _actsUntil <= _time.GetUtcNow() ? Observing(policies) : policies;
    }

    /// <summary>Takes what shall be in force, unless it would govern far less than what is. Nothing shall be while the files cannot be used.</summary>
    private async Task WeighAsync(PolicySnapshot? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            // What was weighed is weighed anew when somebody wants it again.
            (_waiting, _isNoted, _weighed) = (null, _isNoted && _waiting is null, null);
            return;
        }

        // What a person chose counts for all, also where it was only for a ring before.
        var isChosen = _waiting is null && _choice.Set is { } chosen && chosen.Policies.Version != _inForce!.Policies.Version;
        if (wanted.Policies.Version == _weighed && !isChosen)
        {
            return;
        }

        var isWeighed = !isChosen && _rings.IsAccepted(wanted);
        _rings.Forget();
        if (isWeighed)
        {
            Take(wanted);
        }
        else if (await LossAsync(_inForce!, wanted, cancellationToken) is { } loss)
        {
            Wait(wanted, loss);
        }
        else
        {
            Take(wanted);
        }

        _weighed = wanted.Policies.Version;
    }

    /// <summary>After a restart: what was in force before it, against which the files are weighed like an edit.</summary>
    private async Task RestoreAsync(PolicySnapshot files, CancellationToken cancellationToken)
    {
        if (_kept is null || await _kept.ReadAsync(cancellationToken) is not { WhyNot: null } last || last.Policies.Version == files.Policies.Version)
        {
            return;
        }

        // What the last set declared counts among what there is.
        (_inForce, _weighed) = (last, last.Policies.Version);
        Declare(last.Policies);
        if (_looks.Latest is null)
        {
            _absent = null;
            _tell($"the policies cannot be used as they are ({_looks.Trouble}); the last good set, {last.Policies.Version[..12]}, is in force");
        }
    }

    /// <summary>Puts a set in force, or in the first ring where rings are declared.</summary>
    private void Take(PolicySnapshot wanted)
    {
        if (_rings.Begins(_inForce!, wanted))
        {
            (_waiting, _isNoted) = (null, false);
        }
        else
        {
            Use(wanted);
        }
    }

    private void Use(PolicySnapshot snapshot)
    {
        (_inForce, _waiting, _isNoted, _absent) = (snapshot, null, false, null);
        _rings.Forget();
    }

    private void Wait(PolicySnapshot asked, SelectionLoss loss)
    {
        (_waiting, _isNoted) = ((asked, loss), false);
        var chosenBy = _choice.Chosen?.Version == asked.Policies.Version ? _choice.Chosen.By : null;
        _tell($"{NarrowedPolicies.SubjectOf(chosenBy)} would {loss.Text}; "
            + $"the set before {(chosenBy is null ? "them" : "it")} stays in force until a person approves, or for an hour: see 'approvals list'");
    }

    /// <summary>What is governed by one set and not by another, when that is a lot.</summary>
    private async Task<SelectionLoss?> LossAsync(PolicySnapshot inForce, PolicySnapshot asked, CancellationToken cancellationToken)
    {
        if (_inventory is null || inForce.Policies.Version == asked.Policies.Version || inForce.WhyNot is not null)
        {
            return null;
        }

        var estate = (await _inventory.ListAsync(cancellationToken)).Targets;
        _governed = (asked.Policies.Version, estate.Count(target => asked.Policies.For(target) is not TargetPolicies.None));
        return SelectionLoss.Between(inForce.Policies, asked.Policies, estate);
    }

    /// <summary>Whether what waits may come into force: somebody approved, its time is over, or another worker found so.</summary>
    private async Task<bool> IsMeantAsync(PolicySnapshot asked, CancellationToken cancellationToken)
    {
        var fleet = await _rows.ReadFleetAsync(cancellationToken);
        var version = asked.Policies.Version;
        return fleet.Narrowing is { } open ? open.Version == version && open.IsAccepted(_time.GetUtcNow()) : _isNoted && fleet.PolicyVersion == version;
    }

    private async Task NoteAsync(PolicySnapshot inForce, CancellationToken cancellationToken)
    {
        var (current, now) = (inForce.Policies, _time.GetUtcNow());
        var trouble = inForce.WhyNot is null ? _looks.Trouble : null;
        var (approvedBy, taken) = ("", _rings.Rolling?.Policies.Version ?? current.Version);
        var fleet = await _rows.ChangeFleetAsync(
            row =>
            {
                if (_rings.IsFinished(row))
                {
                    return row;
                }

                approvedBy = row.Narrowing is { } open && open.Version == taken ? open.ConfirmedBy ?? "" : "";
                var loaded = _rings.Note(Narrow(row.Load(current, now, "policies")), current, now).SeeFiles(_looks.Latest?.Policies.Version ?? row.PolicyFilesVersion);
                return trouble is null ? loaded.EndPolicyTrouble(now, "policies") : loaded.KeepPolicies(current.Version, trouble, now, "policies");
            },
            cancellationToken);
        _choice.Know(fleet);
        _rings.Noted();
        _actsUntil = fleet.PolicyTrouble?.ActsUntil;
        await KeepAsync(inForce, _choice.Chosen?.Version == current.Version ? _choice.Chosen.By : approvedBy, now, cancellationToken);

        FleetRow Narrow(FleetRow row) => _waiting is { } waiting
            ? row.Narrow(waiting.Asked.Policies.Version, waiting.Loss, now, _choice.Chosen?.By ?? "policies")
            : row.EndNarrowing(taken, now, "policies");
    }

    /// <summary>Keeps the set in force, and the one that waits: who is to approve it wants to see what it changes.</summary>
    private async Task KeepAsync(PolicySnapshot inForce, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_kept is null)
        {
            return;
        }

        var isWanted = _waiting is null && _rings.Rolling is null && (_choice.Set ?? _looks.Latest) is not null;
        if (isWanted && !await _kept.KeepAsync(inForce.Policies, inForce.Files, now, cancellationToken))
        {
            _tell("the policy files are too large to be kept in the state: after a restart on files that cannot be used nothing acts");
        }

        foreach (var (set, at) in new[] { (Set: isWanted ? inForce : null, At: (DateTimeOffset?)now), (_waiting?.Asked ?? _rings.Rolling, null) })
        {
            if (set is not null && set.Files.Count > 0 && !KeptPolicies.IsTooLarge(set.Files))
            {
                await _kept.Sets.KeepAsync(Entry(set, at, at is null ? "" : by, now), set.Files, cancellationToken);
            }
        }
    }

    private KeptSet Entry(PolicySnapshot set, DateTimeOffset? inForceAt, string by, DateTimeOffset now) => new(
        set.Policies.Version, now, inForceAt, set.Place, by, set.Policies.Count, set.Policies.Errors.Count,
        _governed is { } governed && governed.Version == set.Policies.Version ? governed.Resources : null);

    private static PolicySet Observing(PolicySet policies) => policies with
    {
        Workloads = [.. policies.Workloads.Select(workload => workload with { Mode = PolicyMode.Observe })],
        Rollout = policies.Rollout is { } rollout ? rollout with { Next = Observing(rollout.Next) } : null,
    };
}
