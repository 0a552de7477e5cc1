using System.Text.Json.Nodes;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>A budget, and what it came to when it was evaluated last.</summary>
internal sealed class SimulatedBudget(BillScope scope, string name)
{
    /// <summary>What was told in the period that runs, by the name of the threshold.</summary>
    private readonly HashSet<string> _told = [];

    private DateOnly _period;

    public BillScope Scope => scope;

    public string Name => name;

    public string Id => $"{scope.Id}/providers/Microsoft.Consumption/budgets/{name}";

    public required BudgetTerms Terms { get; set; }

    /// <summary>Its <c>properties</c> as somebody set them.</summary>
    public required JsonObject Properties { get; set; }

    public int Version { get; set; } = 1;

    public string ETag => $"\"{Version:x15}\"";

    /// <summary>Spent in the period as of the last evaluation.</summary>
    public decimal Spent { get; private set; }

    /// <summary>Expected for the whole period then; absent before any evaluation.</summary>
    public decimal? Forecast { get; private set; }

    /// <summary>Evaluates it as of a time, and gives the thresholds that are to be told: each once in a period.</summary>
    public IReadOnlyList<BudgetThreshold> Evaluate(SimulatedBill bill, SpendOutlook outlook, DateTimeOffset at)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        if (Terms.PeriodOf(today) is not { } period)
        {
            return [];
        }

        if (period.First != _period)
        {
            _period = period.First;
            _told.Clear();
        }

        Spent = bill.Rows(scope, period.First, today, amortized: false, at).Where(row => Terms.Passes(row.Charge)).Sum(row => row.Amount);
        Forecast = outlook.Of(scope, period.First, period.Last, Terms.Passes, at).Sum(day => day.Amount);
        return [.. Terms.Thresholds.Where(each => (each.IsForecast ? Forecast.Value : Spent) > Terms.Amount * each.Percent / 100 && _told.Add(each.Name))];
    }
}
