using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Logs what an operator of the app has to see: actions and failures. Decisions are in the journal.</summary>
internal sealed partial class CycleLog(ILogger<CycleLog> logger) : ICycleObserver
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

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Information, "{Target}: {From} to {To} instances, {Reason}")]
        public static partial void Scaled(ILogger logger, string target, int from, int to, string reason);

        [LoggerMessage(1303, LogLevel.Information, "{Target}: size {Reason}")]
        public static partial void Resized(ILogger logger, string target, string reason);

        [LoggerMessage(1302, LogLevel.Warning, "{Target}: {Reason}")]
        public static partial void Failed(ILogger logger, string target, string reason);
    }
}
