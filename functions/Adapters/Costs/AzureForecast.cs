using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Costs;

namespace ScaleFunctions.Adapters.Costs;

/// <summary>Asks Cost Management what it expects: learn.microsoft.com/rest/api/cost-management/forecast/usage.</summary>
internal sealed class AzureForecast(ArmPipelines arm) : IAzureForecast
{
    private static readonly string[] Needed = [CostColumns.Cost, CostColumns.Day, CostColumns.Status, CostColumns.Currency];

    private readonly CostPages _pages = new(arm);

    public async Task<AzureForecastReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
    {
        if (!ScopeText.IsScope(scope.Scope) || period.End <= period.Start)
        {
            return new AzureForecastReading.Missing($"'{AzureFaults.OneLine(scope.Scope)}' is no scope that is billed for, or the period has no days");
        }

        var (billed, expected, isForecast, rows) = (0m, 0m, false, new BilledRows());
        try
        {
            await _pages.AskAsync(
                scope.Scope, "forecast", CostBody.Forecast(scope, period, amortized),
                page =>
                {
                    var columns = CostColumns.Read(page, Needed);
                    foreach (var row in CostColumns.Rows(page))
                    {
                        var amount = columns.Amount(row);
                        rows.Add(new BilledDay(columns.Date(row), "", amount), columns.Text(row, CostColumns.Currency));
                        var isBilled = columns.Text(row, CostColumns.Status) == "Actual";
                        (billed, expected, isForecast) = isBilled ? (billed + amount, expected, isForecast) : (billed, expected + amount, true);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            return isForecast
                ? new AzureForecastReading.Known(rows.Currency, billed, expected, arm.Connection.Time.GetUtcNow())
                : new AzureForecastReading.Missing($"Azure has no forecast of {scope.Scope}: it needs some weeks of costs");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new AzureForecastReading.Missing(CostRefusals.Describe(exception, scope.Scope, "the forecast"));
        }
    }
}
