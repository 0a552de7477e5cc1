using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.ForecastRefresh;

/// <summary>Refreshes the forecasts of the targets whose minute it is, every minute.</summary>
internal sealed class Endpoint(ForecastCycle cycle, IPolicySource policies, AzureTurns turns, ILogger<Endpoint> logger) : ITriggerFunction
{
    /// <summary>
    /// It is in no hurry, but ticks share Azure's limits with it: what would wait longer is left to its next turn, within a
    /// quarter of an hour.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public string Name => "ForecastRefresh";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await turns.ExchangeAsync(cancellationToken);
        using var turn = turns.Begin(LongestWait);
        var report = await cycle.RefreshAsync(await policies.CurrentAsync(cancellationToken), cancellationToken);
        foreach (var (target, why) in report.Problems)
        {
            Log.NotRefreshed(logger, target.Value, why);
        }

        if (report.Left > 0)
        {
            Log.NoTime(logger, report.Left, report.Refreshed + report.Waiting + report.Problems.Count);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, Exception?> NotRefreshedMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(1131, nameof(NotRefreshed)), "The forecast of {Target} was not refreshed: {Why}");

        private static readonly Action<ILogger, int, int, Exception?> NoTimeMessage = LoggerMessage.Define<int, int>(
            LogLevel.Warning, new EventId(1132, nameof(NoTime)), "There was no time to refresh the forecasts of {Left} targets after {Done} others; they come earlier in a later turn");

        public static void NotRefreshed(ILogger logger, string target, string why) => NotRefreshedMessage(logger, target, why, null);

        public static void NoTime(ILogger logger, int left, int done) => NoTimeMessage(logger, left, done, null);
    }
}
