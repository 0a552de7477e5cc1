using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Functions.ScaleTick;

/// <summary>Begins a tick, every minute.</summary>
internal sealed partial class Endpoint(
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

    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Error, "{Alert}")]
        public static partial void Poisoned(ILogger logger, string alert);

        [LoggerMessage(1112, LogLevel.Error, "{Alert}")]
        public static partial void Alerted(ILogger logger, string alert);
    }
}
