using System.Diagnostics;

namespace ScaleFunctions.App.Commands;

/// <summary>
/// What <c>--verbose</c> tells on standard error: what is read, every call over HTTP with its time and status, logs down to debug, and the
/// stacks of errors. Never a header, a body or a query, where keys and tokens are.
/// </summary>
internal static class Verbosity
{
    /// <summary>A switch of the process, because policies are read and stores opened long before there are services.</summary>
    private const string Switch = "ScaleFunctions.Verbose";

    private const string Http = "System.Net.Http";

    public static bool IsOn => AppContext.TryGetSwitch(Switch, out var isOn) && isOn;

    /// <summary>Begins to tell.</summary>
    /// <returns>Ends it when disposed.</returns>
    public static IDisposable TurnOn()
    {
        AppContext.SetSwitch(Switch, isEnabled: true);
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Http,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = TellCall,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Tells something, when it is asked for.</summary>
    public static void Note(string text)
    {
        if (IsOn)
        {
            Terminal.Note($"verbose: {text}");
        }
    }

    /// <summary>Logging of a verb's services: nothing, or everything on standard error.</summary>
    public static IServiceCollection AddVerbLogging(this IServiceCollection services) => services.AddLogging(logging =>
    {
        if (IsOn)
        {
            logging.AddOnError();
        }
    });

    /// <summary>Everything of ours down to debug, and of others what went wrong, on standard error.</summary>
    public static ILoggingBuilder AddOnError(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled));
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
    }

    // The library leaves what is in a query out of url.full; so do we, whatever version it is.
    private static void TellCall(Activity call)
    {
        var address = $"{call.GetTagItem("url.full")}";
        var query = address.IndexOf('?', StringComparison.Ordinal);
        Note($"{call.GetTagItem("http.request.method")} {(query < 0 ? address : address[..query])} → "
            + $"{call.GetTagItem("http.response.status_code") ?? call.GetTagItem("error.type") ?? "no answer"} in {call.Duration.TotalMilliseconds:0} ms");
    }
}
