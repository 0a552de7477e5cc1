using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Reads, for what is about to change and nothing else, what Azure is known to refuse. Within one evaluation each thing is asked for
/// once, whatever comes of it, and what was added is taken off the quotas.
/// </summary>
/// <param name="sources">Where it is read; nothing is known when absent.</param>
/// <param name="rows">What is known of the targets: raises since a quota was read count as in use.</param>
/// <param name="kindOf">What reads and writes a resource; nothing for what nothing here can write.</param>
internal sealed class Preflights(PreflightSources? sources, IReadOnlyCollection<TargetRow> rows, Func<TargetId, ITargetKind?>? kindOf = null)
{
    private readonly Dictionary<string, object> _asked = [];
    private readonly Dictionary<(string Place, string Quota), long> _added = [];

    /// <summary>What is known of a target; nothing for what nobody could refuse us.</summary>
    /// <param name="target">The target.</param>
    /// <param name="setting">What is written in its place, where Azure's own autoscale is steered.</param>
    /// <param name="acts">Whether it would be written, or only told.</param>
    /// <param name="isRaise">Whether it would have more than it has.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Preflight> OfAsync(ObservedTarget target, TargetId? setting, bool acts, bool isRaise, CancellationToken cancellationToken)
    {
        if (sources is null)
        {
            return Preflight.Nothing with { IsRead = true, Unproven = "what roles and locks allow" };
        }

        var written = setting ?? target.Id;
        var locks = await OnceAsync(
            $"locks {written.Subscription}", () => sources.Locks.ReadLocksAsync(written.Subscription, cancellationToken)).ConfigureAwait(false);
        var facts = Preflight.Nothing with { IsRead = true, Unproven = locks is FactReading<IReadOnlyList<ResourceLock>>.Known ? "" : "its locks", Lock = (locks as FactReading<IReadOnlyList<ResourceLock>>.Known)?.Value.FirstOrDefault(each => each.HoldsWritesOf(written)) };
        var kind = kindOf?.Invoke(written);
        if (acts)
        {
            var action = kind?.ActionFor(written, isRaise) ?? $"{written.ResourceType}/write";
            var granted = await GrantedAsync(written, action, cancellationToken).ConfigureAwait(false);
            var (denied, isKnown) = isRaise || kind is null || granted?.Allow(action) is false ? (null, granted is not null) : await DeniedBackAsync(written, kind, action, granted, cancellationToken).ConfigureAwait(false);
            facts = facts with
            {
                Granted = granted,
                Denied = granted?.Allow(action) is false ? action : denied,
                Unproven = facts.Unproven.Length > 0 || isKnown ? facts.Unproven : "the roles it is written by",
                Least = isRaise || kind is null ? null : await kind.ReadLeastAsync(written, cancellationToken).ConfigureAwait(false),
            };
        }

        return IsMachines(target) && isRaise && kind?.TakesQuota is not false ? await WithQuotaAsync(facts, target, cancellationToken).ConfigureAwait(false) : facts;
    }

    /// <summary>What sizes have that a target may have, by name; empty when nobody knows.</summary>
    public async Task<IReadOnlyDictionary<string, SizeOffer>> SizesAsync(ObservedTarget target, CancellationToken cancellationToken) =>
        !IsMachines(target) ? PlanSizes.All
        : sources is not null && await OffersAsync(target, cancellationToken).ConfigureAwait(false) is { } offers ? offers
        : new Dictionary<string, SizeOffer>();

    /// <summary>What is known of a target that is to have another size.</summary>
    public async Task<Preflight> OfSizeAsync(ObservedTarget target, SizeOffer size, CancellationToken cancellationToken)
    {
        var facts = await OfAsync(target, setting: null, acts: false, isRaise: false, cancellationToken).ConfigureAwait(false);
        if (sources is null)
        {
            return facts;
        }

        foreach (var action in (kindOf?.Invoke(target.Id) as ISizedKind)?.SizeActions(target.Id) ?? [])
        {
            facts = facts with { Denied = facts.Denied ?? (await GrantedAsync(target.Id, action, cancellationToken).ConfigureAwait(false) is { } granted && !granted.Allow(action) ? action : null) };
        }

        return IsMachines(target) ? facts with { SizeQuotas = await QuotasAsync(target, size, cancellationToken).ConfigureAwait(false) } : facts;
    }

    /// <summary>What a plan that was sent adds.</summary>
    public void Take(Plan plan, ObservedTarget target, Preflight facts)
    {
        foreach (var quota in plan.Adds > 0 && facts.Size is not null ? facts.Quotas : [])
        {
            var key = (Place(target), quota.Name);
            _added[key] = _added.GetValueOrDefault(key) + ((long)plan.Adds * facts.Size!.Cores);
        }
    }

    /// <summary>The action of the way back that no role allows: what cannot be started again is not stopped.</summary>
    private async Task<(string? Action, bool IsKnown)> DeniedBackAsync(TargetId written, ITargetKind kind, string action, GrantedActions? granted, CancellationToken cancellationToken)
    {
        var back = kind.ActionFor(written, isRaise: true);
        var allowed = back == action ? granted : await GrantedAsync(written, back, cancellationToken).ConfigureAwait(false);
        return (back != action && allowed?.Allow(back) is false ? back : null, granted is not null && allowed is not null);
    }

    /// <summary>What roles grant; nothing when that could not be read.</summary>
    private async Task<GrantedActions?> GrantedAsync(TargetId written, string action, CancellationToken cancellationToken)
    {
        var granted = await OnceAsync(
            $"permissions {action} {written.Key}", () => sources!.Permissions.ReadPermissionsAsync(written, action, cancellationToken)).ConfigureAwait(false);
        return (granted as FactReading<GrantedActions>.Known)?.Value;
    }

    private async Task<Preflight> WithQuotaAsync(Preflight facts, ObservedTarget target, CancellationToken cancellationToken)
    {
        return await OffersAsync(target, cancellationToken).ConfigureAwait(false) is { } offers && offers.TryGetValue(target.Sku, out var size)
            ? facts with { Size = size, Quotas = await QuotasAsync(target, size, cancellationToken).ConfigureAwait(false) }
            : facts;
    }

    private async Task<IReadOnlyDictionary<string, SizeOffer>?> OffersAsync(ObservedTarget target, CancellationToken cancellationToken)
    {
        var sizes = await OnceAsync(
            $"sizes {Place(target)}", () => sources!.Compute.ReadSizesAsync(target.Id.Subscription, target.Region, cancellationToken)).ConfigureAwait(false);
        return (sizes as FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known)?.Value;
    }

    /// <summary>The quotas a size counts for, with what was added since Azure counted; none when they could not be read.</summary>
    private async Task<IReadOnlyList<QuotaUsage>> QuotasAsync(ObservedTarget target, SizeOffer size, CancellationToken cancellationToken)
    {
        var quotas = await OnceAsync(
            $"quotas {Place(target)}", () => sources!.Compute.ReadQuotaAsync(target.Id.Subscription, target.Region, cancellationToken)).ConfigureAwait(false);
        if (quotas is not FactReading<IReadOnlyList<QuotaUsage>>.Known usages
            || await OffersAsync(target, cancellationToken).ConfigureAwait(false) is not { } offers)
        {
            return [];
        }

        var counting = usages.Value.Where(quota => target.Billing is { IsSpot: true }
            ? quota.Is(QuotaUsage.SpotCores)
            : quota.Is(QuotaUsage.AllCores) || quota.Is(size.Family));
        return
        [
            .. counting.Select(quota => quota with
            {
                Used = quota.Used + _added.GetValueOrDefault((Place(target), quota.Name)) + AddedSince(usages.At, target, offers, quota),
            }),
        ];
    }

    /// <summary>Cores that we added to others of the subscription and region after Azure had counted.</summary>
    private long AddedSince(
        DateTimeOffset counted, ObservedTarget target, IReadOnlyDictionary<string, SizeOffer> offers, QuotaUsage quota)
    {
        var cores = 0L;
        foreach (var row in rows)
        {
            if (row.History.Changes.Count > 0 && row.Standing is { } standing && IsBeside(row.Target, standing, target)
                && offers.TryGetValue(standing.Sku, out var size) && (quota.Is(QuotaUsage.AllCores) || quota.Is(size.Family)))
            {
                foreach (var change in row.History.Changes)
                {
                    cores += change.At >= counted ? (long)Math.Max(0, change.To - change.From) * size.Cores : 0;
                }
            }
        }

        return cores;
    }

    private static bool IsBeside(TargetId other, TargetStanding standing, ObservedTarget target) =>
        string.Equals(other.Subscription, target.Id.Subscription, StringComparison.OrdinalIgnoreCase)
        && string.Equals(standing.Region, target.Region, StringComparison.OrdinalIgnoreCase);

    private async Task<T> OnceAsync<T>(string key, Func<Task<T>> read)
        where T : class
    {
        if (_asked.TryGetValue(key, out var known))
        {
            return (T)known;
        }

        var answer = await read().ConfigureAwait(false);
        _asked[key] = answer;
        return answer;
    }

    private static string Place(ObservedTarget target) => $"{target.Id.Subscription}/{target.Region}".ToLowerInvariant();

    private static bool IsMachines(ObservedTarget target) => target.Id.ResourceType.StartsWith("Microsoft.Compute/", StringComparison.OrdinalIgnoreCase);
}
