using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Spending;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Tells what a monitored scope has spent, will have spent, and whether that is more than usual.</summary>
public sealed class CostTeller(SpendBook book, BillShelf bills, AzureForecasts forecasts, CostReports reports, SpendCauses causes, RowStore rows, CycleOptions options)
{
    /// <summary>What an anomaly of a scope is called.</summary>
    public static string KeyOf(CostMonitoringPolicy policy, string name) => $"{policy.Name}/{name}";

    /// <summary>Keeps a scope's report, and notes whether it spends more than usual.</summary>
    /// <returns>The anomaly where it is new.</returns>
    /// <exception cref="StateStoreException">What was counted cannot be read, or the report not be kept.</exception>
    public async Task<SpendAnomaly?> TellAsync(CostMonitoringPolicy policy, string name, SpendScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (period, isAmortized) = (SpendMonth.Of(now), policy.Basis == CostBasis.Amortised);
        var needed = SpendStatement.Needed(period);

        // What other policies count in their currencies is no matter of this one.
        var own = ScopedSpend.Of(scope, await book.ReadAsync(needed, cancellationToken).ConfigureAwait(false)).Where(day => day.Currency == policy.Currency).ToList();
        var bill = await bills.ReadAsync(scope, needed, isAmortized, cancellationToken).ConfigureAwait(false);
        var reading = SpendStatement.Of(period, own, bill, now, policy.Basis != CostBasis.Retail);
        var judgment = AnomalyRule.Judge(own, new AnomalyBand(policy.AnomalyAbove, policy.AnomalyPerHour), now);
        var currency = reading is SpendReading.Known known ? known.Currency : policy.Currency;
        var report = CostReport.Of(name, policy.Name, scope, period, policy.Basis, currency, own, reading, judgment, now);
        await reports.WriteAsync(report.Beside(await forecasts.ReadAsync(scope, period, isAmortized, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
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
