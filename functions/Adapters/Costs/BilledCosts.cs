using System.Text.Json;
using Azure;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>
/// Reads what Azure billed: by a query of Cost Management, or from usage details where that is not offered. Nothing is kept here: who
/// asks decides how often, for a tenant has few units to ask with.
/// </summary>
internal sealed class BilledCosts(ArmPipelines arm) : IBilledCosts
{
    /// <summary>
    /// Within a day usage has appeared: learn.microsoft.com/azure/cost-management-billing/costs/understand-cost-mgt-data. It is still
    /// corrected after that, up to 72 hours.
    /// </summary>
    private static readonly TimeSpan Appears = TimeSpan.FromHours(24);

    /// <summary>Cost Management refuses to answer more than a year at once.</summary>
    private const int MostDays = 365;

    private static readonly string[] Needed = [CostColumns.Cost, CostColumns.Day, CostColumns.Resource, CostColumns.Currency];

    private readonly CostPages _pages = new(arm);

    public async Task<BilledReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        if (!ScopeText.IsScope(scope.Scope) || period.End <= period.Start)
        {
            return new BilledReading.Missing($"'{AzureFaults.OneLine(scope.Scope)}' is no scope that is billed for, or the period has no days");
        }

        try
        {
            return Known(await QueryAsync(scope, period, amortized, cancellationToken).ConfigureAwait(false), period);
        }
        catch (RequestFailedException exception) when (CostRefusals.IsNotOffered(exception))
        {
            return await ReadDetailsAsync(scope, period, amortized, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Missing(exception, scope);
        }
    }

    private async Task<BilledRows> QueryAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        var rows = new BilledRows();
        foreach (var part in Parts(period))
        {
            await _pages.AskAsync(scope.Scope, "query", CostBody.Query(scope, part, amortized), page => Add(page, rows), cancellationToken).ConfigureAwait(false);
        }

        return rows;
    }

    private async Task<BilledReading> ReadDetailsAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new BilledRows();
            foreach (var part in Parts(period))
            {
                await new UsageDetails(_pages).ReadAsync(scope, part, amortized, rows, cancellationToken).ConfigureAwait(false);
            }

            return Known(rows, period);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return Missing(exception, scope);
        }
    }

    /// <summary>The period in parts that are answered, in order.</summary>
    private static IEnumerable<SpendPeriod> Parts(SpendPeriod period)
    {
        for (var start = period.Start; start < period.End; start = start.AddDays(MostDays))
        {
            yield return new SpendPeriod(start, start.AddDays(MostDays) is var end && end < period.End ? end : period.End);
        }
    }

    private static void Add(JsonElement page, BilledRows rows)
    {
        var columns = CostColumns.Read(page, Needed);
        foreach (var row in CostColumns.Rows(page))
        {
            rows.Add(
                new BilledDay(columns.Date(row), AzureFaults.OneLine(columns.Text(row, CostColumns.Resource).ToLowerInvariant()), columns.Amount(row)),
                columns.Text(row, CostColumns.Currency));
        }
    }

    private BilledReading.Known Known(BilledRows rows, SpendPeriod period)
    {
        return new BilledReading.Known(rows.Currency, rows.Days, Through(rows.Days, period, arm.Connection.Time.GetUtcNow()));
    }

    /// <summary>
    /// The last day that had time to appear, and did: a bill that is later than Azure says must not make days look cheap.
    /// </summary>
    private static DateOnly? Through(IReadOnlyList<BilledDay> days, SpendPeriod period, DateTimeOffset now)
    {
        if (days.Count == 0)
        {
            return null;
        }

        var appeared = DateOnly.FromDateTime((now - Appears).UtcDateTime).AddDays(-1);
        var last = days.Max(day => day.Day);
        var through = last < appeared ? last : appeared;
        through = through < period.End ? through : period.End.AddDays(-1);
        return through < period.Start ? null : through;
    }

    private static BilledReading.Missing Missing(Exception exception, SpendScope scope) => new(CostRefusals.Describe(exception, scope.Scope, "the bill"));
}
