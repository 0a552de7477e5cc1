using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>
/// Counts what the estate spends, every quarter of an hour, and tells for each monitored scope what the month has cost, will have cost,
/// and whether more is spent than usual. It writes nothing to Azure.
/// </summary>
public sealed class CostCycle(
    ITargetInventory inventory, SpendLooks looks, SpendDays days, SpendBook book, BillShelf bills, CostReports reports, SpendCauses causes, RowStore rows, CycleOptions options, TimeProvider time)
{
    /// <summary>No scope is begun later than this: what is told later is told by the next run.</summary>
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(3);

    public async Task<CostTickReport> RunAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        if (policies.CostMonitoring.Count == 0)
        {
            return CostTickReport.Nothing;
        }

        using var activity = CycleActivity.Source.StartActivity("costs");
        var begun = time.GetUtcNow();
        var seen = await inventory.ListAsync(cancellationToken).ConfigureAwait(false);
        var failed = new List<string>();
        var (counted, uncounted) = (0, 0);
        foreach (var currency in policies.CostMonitoring.Select(policy => policy.Currency).Distinct())
        {
            var of = await CountAsync(seen, policies, currency, begun, failed, cancellationToken).ConfigureAwait(false);
            (counted, uncounted) = (counted + of.Counted, uncounted + of.Uncounted);
        }

        string[] subscriptions = [.. seen.Targets.Concat(seen.LeftAlone).Select(target => target.Id.Subscription.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        var began = new List<SpendAnomaly>();
        var scopes = policies.CostMonitoring.SelectMany(policy => policy.Scopes.SelectMany(each => each.Among(subscriptions)).Select(each => (Policy: policy, each.Name, each.Scope))).ToList();
        if (seen is InventoryReading.Complete)
        {
            var watched = scopes.Select(each => KeyOf(each.Policy, each.Name)).ToHashSet(StringComparer.Ordinal);
            await rows.ChangeFleetAsync(row => row.KeepAnomalies(watched, begun, options.Worker), cancellationToken).ConfigureAwait(false);
        }

        foreach (var (policy, name, scope) in scopes)
        {
            if (time.GetUtcNow() - begun >= BeginsWithin)
            {
                failed.Add($"there was no time left to tell what {name} spends");
                continue;
            }

            if (await TellAsync(policy, name, scope, begun, cancellationToken).ConfigureAwait(false) is { } anomaly)
            {
                began.Add(anomaly);
            }
        }

        return new CostTickReport(counted, uncounted, failed, began);
    }

    private async Task<(int Counted, int Uncounted)> CountAsync(
        InventoryReading seen, PolicySet policies, string currency, DateTimeOffset now, List<string> failed, CancellationToken cancellationToken)
    {
        var stored = await rows.ReadAllAsync(cancellationToken).ConfigureAwait(false);
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

    private static string KeyOf(CostMonitoringPolicy policy, string name) => $"{policy.Name}/{name}";

    /// <summary>Keeps a scope's report, and notes whether it spends more than usual.</summary>
    /// <returns>The anomaly where it is new.</returns>
    private async Task<SpendAnomaly?> TellAsync(CostMonitoringPolicy policy, string name, SpendScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var period = SpendMonth.Of(now);
        var needed = SpendStatement.Needed(period);
        var kept = ScopedSpend.Of(scope, await book.ReadAsync(needed, cancellationToken).ConfigureAwait(false));
        var own = kept.Where(day => day.Currency == policy.Currency).ToList();
        var bill = await bills.ReadAsync(scope, needed, policy.Basis == CostBasis.Amortised, cancellationToken).ConfigureAwait(false);
        var reading = SpendStatement.Of(scope, period, bill is BilledReading.Known { Currency: var billed } && (billed.Length == 0 || billed == policy.Currency) ? own : kept, bill, now, policy.Basis != CostBasis.Retail);
        var judgment = AnomalyRule.Judge(own, new AnomalyBand(policy.AnomalyAbove, policy.AnomalyPerHour), now);
        var currency = reading is SpendReading.Known known ? known.Currency : policy.Currency;
        await reports.WriteAsync(CostReport.Of(name, policy.Name, scope, period, policy.Basis, currency, own, reading, judgment, now), cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(policy, name, judgment, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SpendAnomaly?> JudgeAsync(CostMonitoringPolicy policy, string name, RateJudgment judgment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (judgment is not RateJudgment.Judged judged)
        {
            return null;
        }

        var key = KeyOf(policy, name);
        var fleet = await rows.ReadFleetAsync(cancellationToken).ConfigureAwait(false);
        var isOpen = fleet.SpendAnomalies.Any(open => open.Name == key);
        if (judged.IsAnomaly == isOpen)
        {
            return null;
        }

        if (isOpen)
        {
            await rows.ChangeFleetAsync(row => row.EndAnomaly(key, judged.Now, now, options.Worker), cancellationToken).ConfigureAwait(false);
            return null;
        }

        var anomaly = new SpendAnomaly(
            key, now, decimal.Round(judged.Now, 4), decimal.Round(judged.Usual, 4), judged.Most, policy.Currency,
            await causes.FindAsync(judged.More, now, cancellationToken).ConfigureAwait(false));
        var written = await rows.ChangeFleetAsync(row => row.BeginAnomaly(anomaly, now, options.Worker), cancellationToken).ConfigureAwait(false);
        return written.SpendAnomalies.Contains(anomaly) ? anomaly : null;
    }
}
