using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Takes in what is said of budgets, whichever way it came, and tells what became of it.</summary>
internal sealed partial class BudgetIntake(BudgetSignals signals, IPolicySource policies, ILogger<BudgetIntake> logger)
{
    public async Task TakeAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var outcome = await signals.TakeAsync(id, signal, await policies.CurrentAsync(cancellationToken), at, cancellationToken);
        if (outcome == BudgetSignals.Outcome.Foreign)
        {
            Log.Foreign(logger);
        }
        else
        {
            Log.Taken(logger, outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1172, LogLevel.Error, "SECURITY: something was said of a budget that no policy is about; nothing was read for it")]
        public static partial void Foreign(ILogger logger);

        [LoggerMessage(1173, LogLevel.Information, "Something was said of a budget: {Outcome}")]
        public static partial void Taken(ILogger logger, BudgetSignals.Outcome outcome);
    }
}
