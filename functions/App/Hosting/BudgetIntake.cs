using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Takes in what is said of budgets, whichever way it came, and tells what became of it.</summary>
internal sealed class BudgetIntake(BudgetSignals signals, IPolicySource policies, ILogger<BudgetIntake> logger)
{
    /// <summary>Ids of budgets have hardly more.</summary>
    private const int LongestShown = 200;

    public async Task TakeAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var outcome = await signals.TakeAsync(id, signal, await policies.CurrentAsync(cancellationToken), at, cancellationToken);
        if (outcome == BudgetSignals.Outcome.Foreign)
        {
            Log.Foreign(logger, Shown(signal.Budget), Shown(signal.Source));
        }
        else
        {
            Log.Taken(logger, outcome);
        }
    }

    /// <summary>What comes from outside may hold anything, line breaks and marks of a log too; what an id has is enough to find it by.</summary>
    private static string Shown(string text)
    {
        var shown = string.Concat(text.Take(LongestShown).Select(character => char.IsAsciiLetterOrDigit(character) || "/-_.()".Contains(character, StringComparison.Ordinal) ? character : '?'));
        return text.Length > LongestShown ? $"{shown}…" : shown;
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> ForeignMessage = LoggerMessage.Define<string, string>(
            LogLevel.Error, new EventId(1172, nameof(Foreign)), "SECURITY: something was said of a budget that no policy is about; nothing was read for it. It names '{Budget}' and says to come from '{Source}'");

        private static readonly Action<ILogger, BudgetSignals.Outcome, Exception?> TakenMessage = LoggerMessage.Define<BudgetSignals.Outcome>(
            LogLevel.Information, new EventId(1173, nameof(Taken)), "Something was said of a budget: {Outcome}");

        public static void Foreign(ILogger logger, string budget, string source) => ForeignMessage(logger, budget, source, null);

        public static void Taken(ILogger logger, BudgetSignals.Outcome outcome) => TakenMessage(logger, outcome, null);
    }
}
