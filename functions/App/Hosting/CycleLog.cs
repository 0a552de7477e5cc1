using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Logs what an operator of the app has to see: actions and failures. Decisions are in the journal.</summary>
internal sealed class CycleLog(ILogger<CycleLog> logger) : ICycleObserver
{
    public void Observe(TickReport report)
    {
        foreach (var target in report.Targets)
        {
            switch (target.Kind)
            {
                case ReportKind.ScaledOut or ReportKind.ScaledIn:
                    Log.Scaled(logger, target.Target.Name, target.Current, target.Goal, target.Text);
                    break;
                case ReportKind.Resized or ReportKind.RolledOut:
                    Log.Resized(logger, target.Target.Name, target.Text);
                    break;
                case ReportKind.ActionFailed or ReportKind.Error:
                    Log.Failed(logger, target.Target.Name, target.Text);
                    break;
            }
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, int, int, string, Exception?> ScaledMessage = LoggerMessage.Define<string, int, int, string>(
            LogLevel.Information, new EventId(1301, nameof(Scaled)), "{Target}: {From} to {To} instances, {Reason}");

        private static readonly Action<ILogger, string, string, Exception?> ResizedMessage = LoggerMessage.Define<string, string>(
            LogLevel.Information, new EventId(1303, nameof(Resized)), "{Target}: size {Reason}");

        private static readonly Action<ILogger, string, string, Exception?> FailedMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(1302, nameof(Failed)), "{Target}: {Reason}");

        public static void Scaled(ILogger logger, string target, int from, int to, string reason) => ScaledMessage(logger, target, from, to, reason, null);

        public static void Resized(ILogger logger, string target, string reason) => ResizedMessage(logger, target, reason, null);

        public static void Failed(ILogger logger, string target, string reason) => FailedMessage(logger, target, reason, null);
    }
}
