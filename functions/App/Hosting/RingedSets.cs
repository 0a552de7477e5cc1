using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>
/// What a worker knows of a changed set that goes from ring to ring. Where it is stands in the fleet's row, so that all workers agree and
/// a restart goes on; a worker whose files are older, or cannot be used, takes the changed set from those that are kept.
/// </summary>
/// <param name="rows">Where the rollout stands.</param>
/// <param name="kept">The files of both sets; nothing is rolled out when absent.</param>
/// <param name="choice">The fleet's row as it was last read, and what a person chose.</param>
/// <param name="looks">What the files say.</param>
/// <param name="time">The time.</param>
internal sealed class RingedSets(RowStore rows, LastGoodPolicies? kept, PolicyChoice choice, PolicyLooks looks, TimeProvider time)
{
    /// <summary>Whether this worker has come to want it since it last wrote to the row.</summary>
    private bool _isNew;

    /// <summary>The changed set of the row, where it is not the one that this worker's files say.</summary>
    private PolicySnapshot? _read;

    /// <summary>Both as one, as long as nothing has changed.</summary>
    private (PolicySet Before, PolicySet Next, int Ring, PolicySet Both)? _made;

    /// <summary>What this worker's files say, on its way; absent when they say what is in force, or nothing that can be used.</summary>
    public PolicySnapshot? Rolling { get; private set; }

    /// <summary>What has come to all since the last look, here or at another worker, and whether this worker's files say it or not.</summary>
    public PolicySnapshot? Finished(PolicySet inForce) =>
        choice.Fleet is not { Rollout: null } fleet || fleet.PolicyVersion == inForce.Version ? null
        : IsFinished(fleet) ? Rolling
        : _made is { } made && made.Before.Version == inForce.Version && made.Next.Version == fleet.PolicyVersion && _read?.Policies.Version == fleet.PolicyVersion ? _read
        : null;

    /// <summary>Whether it is on its way no more, and nobody wants anything else.</summary>
    public bool IsToBegin => Rolling is { } rolling && choice.Fleet is { Rollout: null, Choice: null } fleet && fleet.PolicyFilesVersion == rolling.Policies.Version && !IsFinished(fleet);

    public bool IsFinished(FleetRow fleet) => Rolling is { } rolling && fleet.Rollout is null && fleet.PolicyVersion == rolling.Policies.Version;

    /// <summary>Whether a set is on its way, so that it was weighed and, where it had to be, approved before.</summary>
    public bool IsAccepted(PolicySnapshot wanted) => choice.Fleet?.Rollout?.Next == wanted.Policies.Version;

    /// <summary>Nothing is on its way any more, as far as this worker's files go.</summary>
    public void Forget() => (Rolling, _isNew, _read, _made) = (null, false, null, null);

    /// <summary>Whether a set goes through rings. What a person chose, what was in force and what already is elsewhere counts at once.</summary>
    public bool Begins(PolicySnapshot inForce, PolicySnapshot wanted)
    {
        var version = wanted.Policies.Version;
        if (kept is null || (inForce.Policies.Rings ?? wanted.Policies.Rings) is null || choice.Chosen is not null || inForce.WhyNot is not null
            || version == inForce.Policies.Version || choice.Fleet is not { } fleet || (fleet.Rollout is null && fleet.PolicyVersion == version))
        {
            return false;
        }

        (Rolling, _isNew) = (wanted, true);
        return true;
    }

    /// <summary>The set before the one that is rolled out, where this worker has another one in force; nothing where it has not, or it is not kept.</summary>
    public async Task<PolicySnapshot?> BeforeAsync(PolicySnapshot inForce, CancellationToken cancellationToken) =>
        kept is not null && choice.Fleet?.Rollout is { } open && open.Before != inForce.Policies.Version
        && await kept.Sets.ReadAsync(open.Before, cancellationToken) is { WhyNot: null } before ? before : null;

    /// <summary>The row has what this worker wants.</summary>
    public void Noted() => _isNew = false;

    /// <summary>What the row says once this worker has told it what it wants. Files that were read before a rollout began know nothing of it.</summary>
    public FleetRow Note(FleetRow row, PolicySet inForce, DateTimeOffset now)
    {
        var isNewer = row.Rollout is { } open && looks.Latest?.ReadAt > open.BegunAt;
        if (Rolling is { } rolling)
        {
            return row.Rollout is null ? (_isNew || row.PolicyFilesVersion == rolling.Policies.Version ? Begin() : row) : isNewer ? Begin() : row;

            FleetRow Begin() => row.BeginRollout(rolling.Policies.Version, inForce.Version, (inForce.Rings ?? rolling.Policies.Rings)!, now, "policies");
        }

        return row.Rollout is not { } rollout ? row
            : rollout.Before != inForce.Version ? row.EndRollout("another set is in force, or the set before it is not kept any more", now, "policies")
            : isNewer && looks.Latest?.Policies.Version == inForce.Version ? row.EndRollout("the policy files say again what was in force before", now, "policies")
            : row;
    }

    /// <summary>The set in force with the one that is rolled out, where one is.</summary>
    public async Task<PolicySet> WithNextAsync(PolicySet inForce, CancellationToken cancellationToken)
    {
        if (kept is null || choice.Fleet?.Rollout is not { Halt: null } open || open.Before != inForce.Version)
        {
            return inForce;
        }

        if (await NextAsync(kept, open, cancellationToken) is not { } next)
        {
            if (looks.Latest is null)
            {
                // Nobody can tell what it was; it begins anew once the files can be used.
                choice.Know(await rows.ChangeFleetAsync(
                    row => row.Rollout?.Next == open.Next ? row.EndRollout("the files of the set are neither there nor kept", time.GetUtcNow(), "policies") : row, cancellationToken));
            }

            return inForce;
        }

        if (_made is not { } made || !ReferenceEquals(made.Before, inForce) || !ReferenceEquals(made.Next, next) || made.Ring != open.Ring)
        {
            _made = made = (inForce, next, open.Ring, Both(inForce, next, open.Ring));
        }

        return made.Both;
    }

    /// <summary>A set with another one that some rings have. The rings are those of the set in force: a change cannot make its own ring larger.</summary>
    public static PolicySet Both(PolicySet inForce, PolicySet next, int ring) =>
        (inForce.Rings ?? next.Rings) is { } rings ? inForce with { Rollout = new RingedPolicies(next, rings.Rings, ring) } : inForce;

    private async Task<PolicySet?> NextAsync(LastGoodPolicies sets, PolicyRollout open, CancellationToken cancellationToken)
    {
        if (Rolling?.Policies.Version == open.Next)
        {
            return Rolling.Policies;
        }

        if (_read?.Policies.Version != open.Next)
        {
            _read = await sets.Sets.ReadAsync(open.Next, cancellationToken) is { WhyNot: null } read ? read : null;
        }

        return _read?.Policies;
    }
}
