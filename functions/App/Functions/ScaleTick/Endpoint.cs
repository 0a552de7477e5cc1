using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Functions.ScaleTick;

/// <summary>Begins a tick, every minute.</summary>
internal sealed class Endpoint(
    TickCycle cycle, PoisonWatch poison, BudgetClock budgets, AlertOutbox outbox, IPolicySource policies, AzureTurns turns, ILogger<Endpoint> logger) : ITriggerFunction
{
    /// <summary>A tick that lists for longer takes the time of its batches.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public string Name => "ScaleTick";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await turns.ExchangeAsync(cancellationToken);
        using var turn = turns.Begin(LongestWait);
        var current = await policies.CurrentAsync(cancellationToken);
        var tick = await cycle.RunAsync(current, cancellationToken);
        foreach (var alert in tick?.Alerts ?? [])
        {
            Log.Alerted(logger, alert);
        }

        if (tick is not null && await poison.LookAsync(cancellationToken) is { } poisoned)
        {
            Log.Poisoned(logger, poisoned);
        }

        if (tick is not null)
        {
            await outbox.TellAsync(tick.Standing, cancellationToken);

            // Last: what goes wrong with money keeps nothing from scaling.
            await budgets.RaiseAsync(current, cancellationToken);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> PoisonedMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(1111, nameof(Poisoned)), "{Alert}");

        private static readonly Action<ILogger, string, Exception?> AlertedMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(1112, nameof(Alerted)), "{Alert}");

        public static void Poisoned(ILogger logger, string alert) => PoisonedMessage(logger, alert, null);

        public static void Alerted(ILogger logger, string alert) => AlertedMessage(logger, alert, null);
    }
}
