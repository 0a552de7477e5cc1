namespace ScaleFunctions.App.Hosting;

/// <summary>Logs what happens to the policies of a hosted app.</summary>
internal sealed class PolicyLog(ILogger<PolicyLog> logger)
{
    public void Tell(string text) => Log.Told(logger, text);

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> ToldMessage = LoggerMessage.Define<string>(
            LogLevel.Warning, new EventId(1401, nameof(Told)), "{Text}");

        public static void Told(ILogger logger, string text) => ToldMessage(logger, text, null);
    }
}
