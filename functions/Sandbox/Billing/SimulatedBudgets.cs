using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScaleFunctions.Sandbox.Billing;

/// <summary>All budgets. They are evaluated once in a while, as of that time, however far the clock jumps at once.</summary>
internal sealed class SimulatedBudgets : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedBudget> _budgets = [];
    private readonly SimulatedBill _bill;
    private readonly SpendOutlook _outlook;
    private readonly ActionGroupCalls _calls;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private DateTimeOffset _next;

    public SimulatedBudgets(SimulatedBill bill, ActionGroupCalls calls, TimeProvider clock)
    {
        (_bill, _outlook, _calls, _clock) = (bill, new SpendOutlook(bill), calls, clock);
        foreach (var spec in bill.Estate.Spec.Budgets)
        {
            var properties = Properties(spec);
            using var document = JsonDocument.Parse(properties.ToJsonString());
            var (terms, problem) = BudgetTerms.Parse(document.RootElement);
            var scope = BillScope.Parse(spec.Scope);
            if (terms is null || scope is null)
            {
                throw new ArgumentException($"the budget '{spec.Name}' is none: {(scope is null ? "its scope is not one that is billed" : problem)}", nameof(bill));
            }

            var budget = new SimulatedBudget(scope, spec.Name) { Terms = terms, Properties = properties };
            _budgets[Key(budget.Id)] = budget;
        }

        _next = NextAfter(clock.GetUtcNow());

        // What was spent before the start was evaluated before the start, and told then.
        foreach (var budget in _budgets.Values)
        {
            budget.Evaluate(_bill, _outlook, _next - bill.Options.EvaluatedEvery);
        }

        _timer = clock.CreateTimer(_ => CatchUp(), null, _next - clock.GetUtcNow(), Timeout.InfiniteTimeSpan);
    }

    public T Read<T>(Func<IReadOnlyDictionary<string, SimulatedBudget>, T> read)
    {
        lock (_gate)
        {
            return read(_budgets);
        }
    }

    /// <summary>Makes or changes a budget; evaluated it is when it is time.</summary>
    public T Change<T>(Func<Dictionary<string, SimulatedBudget>, T> change)
    {
        lock (_gate)
        {
            return change(_budgets);
        }
    }

    public static string Key(string id) => id.ToLowerInvariant();

    public void Dispose() => _timer.Dispose();

    private void CatchUp()
    {
        lock (_gate)
        {
            for (var now = _clock.GetUtcNow(); _next <= now; _next += _bill.Options.EvaluatedEvery)
            {
                foreach (var budget in _budgets.Values.OrderBy(each => each.Id, StringComparer.Ordinal))
                {
                    foreach (var threshold in budget.Evaluate(_bill, _outlook, _next))
                    {
                        _calls.Tell(budget, threshold, _next, _bill.Options.Currency);
                    }
                }
            }

            _timer.Change(_next - _clock.GetUtcNow(), Timeout.InfiniteTimeSpan);
        }
    }

    private DateTimeOffset NextAfter(DateTimeOffset now)
    {
        var next = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + _bill.Options.EvaluatedAt;
        while (next <= now)
        {
            next += _bill.Options.EvaluatedEvery;
        }

        return next;
    }

    private static JsonObject Properties(BudgetSpec spec)
    {
        var properties = new JsonObject
        {
            ["category"] = "Cost",
            ["amount"] = spec.Amount,
            ["timeGrain"] = spec.TimeGrain,
            ["timePeriod"] = new JsonObject { ["startDate"] = spec.Start.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture) },
            ["notifications"] = new JsonObject(spec.Thresholds.Select(each => KeyValuePair.Create(each.Name, (JsonNode?)new JsonObject
            {
                ["enabled"] = true,
                ["operator"] = "GreaterThan",
                ["threshold"] = each.Percent,
                ["thresholdType"] = each.IsForecast ? "Forecasted" : "Actual",
                ["contactEmails"] = new JsonArray(),
                ["contactGroups"] = new JsonArray([.. each.ActionGroups.Select(id => (JsonNode)id)]),
            }))),
        };
        if (spec.Filter is { } filter)
        {
            properties["filter"] = JsonNode.Parse(filter);
        }

        return properties;
    }
}
