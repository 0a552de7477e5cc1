using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.CostTick;

/// <summary>Counts what is spent, every quarter of an hour, tells where it is more than usual, and makes the statements of what was saved.</summary>
internal sealed class Endpoint(CostCycle cycle, SavingsCycle savings, IPolicySource policies, AzureTurns turns, ILogger<Endpoint> logger) : ITriggerFunction
{
    /// <summary>It is in no hurry, but ticks share Azure's limits with it: what would wait longer is counted by the next run.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public string Name => "CostTick";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await turns.ExchangeAsync(cancellationToken);
        using var turn = turns.Begin(LongestWait);
        var current = await policies.CurrentAsync(cancellationToken);
        var report = await cycle.RunAsync(current, cancellationToken);
        if (report.Counted + report.Uncounted > 0)
        {
            Log.Counted(logger, report.Counted, report.Uncounted);
        }

        // An anomaly is told once: it is before anything else can go wrong.
        foreach (var anomaly in report.Began)
        {
            Log.Unusual(logger, anomaly.Name, anomaly.PerHour, anomaly.Currency, anomaly.UsualPerHour, Causes(anomaly));
        }

        foreach (var why in report.Failed)
        {
            Log.Failed(logger, why);
        }

        foreach (var why in await savings.RunAsync(current, cancellationToken))
        {
            Log.Failed(logger, why);
        }
    }

    private static string Causes(SpendAnomaly anomaly) => string.Join("; ", anomaly.Causes.Select(cause => $"{cause.Resource}: {cause.What}"));

    private static class Log
    {
        private static readonly Action<ILogger, int, int, Exception?> CountedMessage = LoggerMessage.Define<int, int>(
            LogLevel.Debug, new EventId(1151, nameof(Counted)), "Counted the spend of {Counted} resources; {Uncounted} have no price");

        private static readonly Action<ILogger, string, Exception?> FailedMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1152, nameof(Failed)), "Spend is not all told: {Why}");

        private static readonly Action<ILogger, string, decimal, string, decimal, string, Exception?> UnusualMessage = LoggerMessage.Define<string, decimal, string, decimal, string>(
            LogLevel.Warning, new EventId(1153, nameof(Unusual)), "{Scope} spends {PerHour} {Currency} an hour, usual are {Usual}: {Causes}");

        public static void Counted(ILogger logger, int counted, int uncounted) => CountedMessage(logger, counted, uncounted, null);

        public static void Failed(ILogger logger, string why) => FailedMessage(logger, why, null);

        public static void Unusual(ILogger logger, string scope, decimal perHour, string currency, decimal usual, string causes) => UnusualMessage(logger, scope, perHour, currency, usual, causes, null);
    }
}
