using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Counts what the estate spends, every quarter of an hour, and tells for each monitored scope what the month has cost, will have cost,
/// and whether more is spent than usual. It writes nothing to Azure.
/// </summary>
public sealed class CostCycle(
    ITargetInventory inventory, SpendLooks looks, SpendDays days, CostReports reports, CostTeller teller, RowStore rows, CycleOptions options, TimeProvider time)
{
    /// <summary>No scope is begun later than this: what is told later is told by the next run.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(3);

    public async Task<CostTickReport> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        if (policies.CostMonitoring.Count == 0)
        {
            await KeepAsync([], begun, cancellationToken).ConfigureAwait(false);
            return CostTickReport.Nothing;
        }

        using var activity = CycleActivity.Source.StartActivity("costs");
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var failed = new List<string>();
        var (counted, uncounted) = (0, 0);
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        foreach (var currency in policies.CostMonitoring.Select(policy => policy.Currency).Distinct())
        {
            var of = await CountAsync(seen, policies, stored, currency, begun, failed, cancellationToken).ConfigureAwait(false);
            (counted, uncounted) = (counted + of.Counted, uncounted + of.Uncounted);
        }

        string[] subscriptions = [.. seen.Targets.Concat(seen.LeftAlone).Select(target => target.Id.Subscription.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        var scopes = policies.CostMonitoring.SelectMany(policy => policy.Scopes.SelectMany(each => each.Among(subscriptions)).Select(each => new Watched(policy, each.Name, each.Scope))).ToList();
        if (seen is InventoryReading.Complete)
        {
            await KeepAsync(scopes.Select(each => CostTeller.KeyOf(each.Policy, each.Name)).ToHashSet(StringComparer.Ordinal), begun, cancellationToken).ConfigureAwait(false);
        }

        var began = await TellAsync(scopes, begun, failed, cancellationToken).ConfigureAwait(false);
        return new CostTickReport(counted, uncounted, failed, began);
    }

    private async Task<(int Counted, int Uncounted)> CountAsync(
        InventoryReading seen, PolicySet policies, IReadOnlyList<TargetRow> stored, string currency, DateTimeOffset now, List<string> failed, CancellationToken cancellationToken)
    {
        var (counted, uncounted) = (0, 0);
        foreach (var (subscription, groups, look) in await looks.MakeAsync(seen, policies, stored, currency, now, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                if (await days.CountAsync(subscription, currency, look, groups, cancellationToken).ConfigureAwait(false) is null)
                {
                    failed.Add($"subscription {subscription} is being counted by others");
                }

                var without = look.Resources.Values.Count(each => each.Sighting is { Instances: > 0, Price: Prices.PriceReading.Missing });
                (counted, uncounted) = (counted + look.Resources.Count - without, uncounted + without);
            }
            catch (StateStoreException exception)
            {
                // The next look counts this time too, as far as it may be assumed.
                failed.Add($"subscription {subscription} could not be counted: {exception.Message}");
            }
        }

        return (counted, uncounted);
    }

    /// <summary>Tells of each scope, who waited longest first, so that where there is too little time none waits for ever.</summary>
    private async Task<List<SpendAnomaly>> TellAsync(IReadOnlyList<Watched> scopes, DateTimeOffset begun, List<string> failed, CancellationToken cancellationToken)
    {
        var told = await ToldAsync(failed, cancellationToken).ConfigureAwait(false);
        var began = new List<SpendAnomaly>();
        foreach (var (policy, name, scope) in scopes.OrderBy(each => told.GetValueOrDefault((each.Policy.Name, each.Name))))
        {
            if (time.GetUtcNow() - begun >= BeginsWithin)
            {
                failed.Add($"there was no time left to tell what {name} of {policy.Name} spends");
                continue;
            }

            try
            {
                if (await teller.TellAsync(policy, name, scope, begun, cancellationToken).ConfigureAwait(false) is { } anomaly)
                {
                    began.Add(anomaly);
                }
            }
            catch (StateStoreException exception)
            {
                failed.Add($"{name} of {policy.Name} could not be told: {exception.Message}");
            }
        }

        return began;
    }

    private async Task<IReadOnlyDictionary<(string Policy, string Name), DateTimeOffset>> ToldAsync(List<string> failed, CancellationToken cancellationToken)
    {
        try
        {
            return (await reports.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(report => (report.Policy, report.Name), report => report.At);
        }
        catch (StateStoreException exception)
        {
            failed.Add($"earlier reports could not be read: {exception.Message}");
            return new Dictionary<(string Policy, string Name), DateTimeOffset>();
        }
    }

    private async Task KeepAsync(HashSet<string> watched, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false)).SpendAnomalies.Any(open => !watched.Contains(open.Name)))
        {
            await rows.ChangeFleetAsync(row => row.KeepAnomalies(watched, now, options.Worker), cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Watched(CostMonitoringPolicy Policy, string Name, SpendScope Scope);
}
