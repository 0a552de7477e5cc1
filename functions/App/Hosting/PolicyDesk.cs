using ScaleFunctions.App.Commands;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Policies.Differences;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Lists and compares the sets of policies that are kept, and takes a person's choice of one.</summary>
internal sealed class PolicyDesk(RowStore rows, LastGoodPolicies kept, TimeProvider time)
{
    /// <summary>What the files say.</summary>
    public const string Latest = "latest";

    /// <summary>What decides now.</summary>
    public const string InForce = "in-force";

    /// <summary>What waits for a person or for an hour.</summary>
    public const string Waiting = "waiting";

    /// <summary>What goes from ring to ring.</summary>
    public const string Next = "next";

    /// <summary>Shorter beginnings of a hash are typed by accident.</summary>
    private const int ShortestHash = 6;

    public async Task<PolicySetList> ListAsync(CancellationToken cancellationToken)
    {
        var fleet = await rows.ReadFleetAsync(cancellationToken);
        var sets = await kept.Sets.ListAsync(cancellationToken);
        List<PolicySetView> views = [.. sets.Select(set => View(set.Version) with
        {
            SeenAt = set.SeenAt,
            InForceAt = set.InForceAt,
            Place = set.Place,
            By = set.By,
            Policies = set.Policies,
            Errors = set.Errors,
            Resources = set.Resources,
        })];
        if (fleet.PolicyVersion.Length > 0 && views.TrueForAll(view => view.Version != fleet.PolicyVersion))
        {
            // Too large to be kept, or from before sets were.
            views.Insert(0, View(fleet.PolicyVersion));
        }

        return new PolicySetList([.. views.OrderBy(view => view.Status)], fleet.Choice, fleet.PolicyTrouble, fleet.Narrowing);

        PolicySetView View(string version) => new()
        {
            Version = version,
            Status = version == fleet.PolicyVersion ? PolicySetStatus.InForce
                : version == fleet.Narrowing?.Version ? PolicySetStatus.Waiting
                : version == fleet.Rollout?.Next ? fleet.Rollout.Halt is null ? PolicySetStatus.RollingOut : PolicySetStatus.Halted
                : PolicySetStatus.Kept,
            IsLatest = version == fleet.PolicyFilesVersion,
            IsChosen = version == fleet.Choice?.Version,
        };
    }

    /// <summary>What changes from one set to another; from what is in force when only one is named.</summary>
    /// <param name="from">A hash or the beginning of one, or what stands for one.</param>
    /// <param name="to">Likewise.</param>
    /// <param name="directory">Reads the files of a directory; nothing where a name is none, and where no directories may be named.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">There is no such set.</exception>
    public async Task<PolicySetsDifference> CompareAsync(
        string? from, string to, Func<string, IReadOnlyList<PolicyFile>?> directory, CancellationToken cancellationToken)
    {
        var (before, old) = await FilesAsync(from ?? InForce);
        var (after, now) = await FilesAsync(to);
        return new PolicySetsDifference(before, after, PolicySetDifference.Between(old, now));

        async Task<(string Name, IReadOnlyList<PolicyFile> Files)> FilesAsync(string name)
        {
            if (directory(name) is { } files)
            {
                return (name, files);
            }

            var version = await FindAsync(name, cancellationToken);
            var set = await kept.Sets.ReadAsync(version, cancellationToken)
                ?? (await kept.ReadAsync(cancellationToken) is { } last && last.Policies.Version == version ? last : null)
                ?? throw new UserErrorException($"the files of the policy set {version[..12]} are not kept, or are not what was kept; 'policies list' names those that are");
            return (version, set.Files);
        }
    }

    /// <summary>Chooses a kept set until the files change, or ends the choice.</summary>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="UserErrorException">There is no such set, or it cannot be used.</exception>
    public async Task<string> ActivateAsync(string name, string by, string reason, CancellationToken cancellationToken)
    {
        if (name == Latest)
        {
            var fleet = await rows.ReadFleetAsync(cancellationToken);
            _ = fleet.Choice ?? throw new UserErrorException("no policy set was chosen: what the files say counts already, if it can be used");
            await rows.ChangeFleetAsync(row => row.EndChoice($"{by} wants what the files say: {reason}", time.GetUtcNow(), by), cancellationToken);
            return "what the policy files say counts again from the next look on";
        }

        var version = await FindAsync(name, cancellationToken);
        var set = await kept.Sets.ReadAsync(version, cancellationToken)
            ?? throw new UserErrorException($"the files of the policy set {version[..12]} are not kept, or are not what was kept; 'policies list' names those that are");
        if (set.WhyNot is { } why)
        {
            throw new UserErrorException($"the policy set {version[..12]} cannot be used: {why}; choose another one, 'policies list' names them");
        }

        await rows.ChangeFleetAsync(row => row.ChoosePolicies(version, by, reason, time.GetUtcNow()), cancellationToken);
        return $"policy set {version[..12]} counts from the next look on, until the files change or 'policies activate latest'; "
            + "if it governs far less than the one in force it waits for somebody else's approval, or for an hour";
    }

    private async Task<string> FindAsync(string name, CancellationToken cancellationToken)
    {
        var list = await ListAsync(cancellationToken);
        var named = name switch
        {
            InForce => list.Sets.Where(set => set.Status == PolicySetStatus.InForce),
            Waiting => list.Sets.Where(set => set.Status == PolicySetStatus.Waiting),
            Next => list.Sets.Where(set => set.Status is PolicySetStatus.RollingOut or PolicySetStatus.Halted),
            Latest => list.Sets.Where(set => set.IsLatest),
            _ => list.Sets.Where(set => name.Length >= ShortestHash && set.Version.StartsWith(name, StringComparison.OrdinalIgnoreCase)),
        };
        return named.ToList() switch
        {
            [var only] => only.Version,
            [] when name == Waiting => throw new UserErrorException("no policy set waits; 'policies list' tells which is in force and which are kept"),
            [] when name == Next => throw new UserErrorException("no policy set is rolled out; 'rollout status' tells how the last change stands"),
            [] => throw new UserErrorException($"no kept policy set is called '{name}'; 'policies list' names them, by at least {ShortestHash} letters of their hash"),
            _ => throw new UserErrorException($"several policy sets begin with '{name}'; give more of the hash"),
        };
    }
}
