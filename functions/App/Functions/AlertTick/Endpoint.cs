using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Functions.AlertTick;

/// <summary>Sends alerts that wait, every minute, and counts those that could not be delivered.</summary>
internal sealed class Endpoint(AlertOutbox outbox, RowStore rows, ILogger<Endpoint> logger) : ITriggerFunction
{
    public string Name => "AlertTick";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var sending = await outbox.SendAsync(cancellationToken);
        CycleMeter.Sent(sending);
        foreach (var lost in sending.GivenUp)
        {
            Log.GivenUp(logger, lost);
        }

        await rows.ChangeFleetAsync(row => row.UndeliveredAlerts == sending.Undelivered ? row : row with { UndeliveredAlerts = sending.Undelivered }, cancellationToken);
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> GivenUpMessage = LoggerMessage.Define<string>(
            LogLevel.Error, new EventId(1191, nameof(GivenUp)), "An alert was given up and is kept for two weeks; 'alerts retry' sends it again: {Alert}");

        public static void GivenUp(ILogger logger, string alert) => GivenUpMessage(logger, alert, null);
    }
}
