using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Moves time to the next timer, lets everything that is due run to its end, and goes on. A tick that took longer than a
/// minute skips what it overran, as the Functions timer does.
/// </summary>
internal sealed class LocalLoop : IDisposable
{
    /// <summary>What the functions' files name as <c>%SETTING%</c>; the values of local.settings.sample.json, but for forecasts: here time runs fast, and a run less is noticed.</summary>
    private static readonly Dictionary<string, string> AppSettings = new()
    {
        ["TICK_SCHEDULE"] = "0 * * * * *",
        ["FORECAST_SCHEDULE"] = "0 */5 * * * *",
        ["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *",
        ["COST_SCHEDULE"] = "0 */15 * * * *",
        ["EVALUATE_QUEUE"] = "evaluate",
        ["VERIFY_QUEUE"] = "verify",
        ["BUDGET_QUEUE"] = "budget",
    };

    private readonly SimulatedAzure _azure;
    private readonly LocalTriggerHost _host;
    private readonly SandboxEvents? _events;
    private readonly SandboxCalls? _calls;
    private readonly LocalBudgetEvents _budgets;

    public LocalLoop(WebApplication app, SimulatedAzure azure)
    {
        var address = new Uri(app.Urls.First());
        _azure = azure;
        _host = new LocalTriggerHost(
            address, FunctionFile.ReadBuiltIn(AppSettings), app.Services.GetRequiredService<IWorkSource>(), azure.Time.Clock);
        (_events, _calls) = (azure.Events(_host), azure.Calls(address));
        _budgets = app.Services.GetRequiredService<LocalBudgetEvents>();
    }

    /// <summary>Runs every timer that is due until then; for ever when absent.</summary>
    public async Task RunUntilAsync(DateTimeOffset? end, Action<TimeSpan> advance, CancellationToken cancellationToken)
    {
        for (var due = _host.NextTimer; end is null || due <= end; due = _host.NextTimer)
        {
            var before = _azure.Time.Clock.GetUtcNow();
            await _azure.Time.AdvanceToAsync(due, cancellationToken);
            await (_calls?.SettleAsync(cancellationToken) ?? Task.CompletedTask);
            await _host.StepAsync(cancellationToken);
            await _budgets.DeliverAsync(_host, cancellationToken);
            await (_events?.TellAsync(cancellationToken) ?? Task.CompletedTask);
            advance(_azure.Time.Clock.GetUtcNow() - before);
        }
    }

    public void Dispose() => _host.Dispose();
}
