using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.Budget;

/// <summary>Looks at a budget that something was said of: reads it with our own identity, and lets its ladder move.</summary>
internal sealed class Endpoint(BudgetCycle cycle, IPolicySource policies, AzureTurns turns, ILogger<Endpoint> logger) : ITriggerFunction
{
    /// <summary>It is in no hurry, but ticks share Azure's limits with it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public string Name => "Budget";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var request = invocation.Read("item", BudgetJson.Default.BudgetRequest);
        var set = await policies.CurrentAsync(cancellationToken);
        if (set.BudgetAlerts.FirstOrDefault(policy => policy.Name == request.Policy) is not { } policy)
        {
            Log.NoPolicy(logger);
            return;
        }

        using var turn = turns.Begin(LongestWait);
        foreach (var news in await cycle.LookAsync(policy, set, cancellationToken))
        {
            Log.News(logger, news.At, news.Text);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, DateTimeOffset, string, Exception?> NewsMessage = LoggerMessage.Define<DateTimeOffset, string>(
            LogLevel.Warning, new EventId(1161, nameof(News)), "{At:yyyy-MM-dd HH:mm} {News}");

        private static readonly Action<ILogger, Exception?> NoPolicyMessage = LoggerMessage.Define(
            LogLevel.Information, new EventId(1162, nameof(NoPolicy)), "A budget was to be looked at that no policy is about any more");

        public static void News(ILogger logger, DateTimeOffset at, string news) => NewsMessage(logger, at, news, null);

        public static void NoPolicy(ILogger logger) => NoPolicyMessage(logger, null);
    }
}
