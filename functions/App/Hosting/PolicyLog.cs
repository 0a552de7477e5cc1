namespace ScaleFunctions.App.Hosting;

/// <summary>Logs what happens to the policies of a hosted app.</summary>
internal sealed partial class PolicyLog(ILogger<PolicyLog> logger)
{
    public void Tell(string text) => Log.Told(logger, text);

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "{Text}")]
        public static partial void Told(ILogger logger, string text);
    }
}
