using System.Diagnostics;

namespace ScaleFunctions.App.Commands;

/// <summary>
/// What <c>--verbose</c> tells on standard error: what is read, every call over HTTP with its time and status, logs down to debug, and the
/// stacks of errors. Never a header, a body or a query, where keys and tokens are, nor the path of an address that is not Azure's own or of
/// this machine: of a webhook the path is the secret.
/// </summary>
internal static class Verbosity
{
    /// <summary>A switch of the process, because policies are read and stores opened long before there are services.</summary>
    private const string Switch = "ScaleFunctions.Verbose";

    private const string Http = "System.Net.Http";

    /// <summary>Hosts whose paths are names of resources, and no secrets.</summary>
    private static readonly HashSet<string> Hosts = new(StringComparer.OrdinalIgnoreCase)
    {
        "management.azure.com", "prices.azure.com", "api.loganalytics.io", "login.microsoftonline.com",
    };

    /// <summary>The same of hosts named by a region or an account.</summary>
    private static readonly string[] Domains = [".metrics.monitor.azure.com", ".queue.core.windows.net", ".table.core.windows.net", ".blob.core.windows.net"];

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

    /// <summary>An address as it may be told: without its query, and without its path where that may be a secret.</summary>
    internal static string Shown(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return "(an address)";
        }

        var place = uri.IsDefaultPort ? $"{uri.Scheme}://{uri.IdnHost}" : $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}";
        return uri.IsLoopback || IsAzure(uri) ? place + uri.AbsolutePath : $"{place}/…";
    }

    private static bool IsAzure(Uri uri) => uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
        && (Hosts.Contains(uri.IdnHost) || Domains.Any(domain => uri.IdnHost.EndsWith(domain, StringComparison.OrdinalIgnoreCase)));

    private static void TellCall(Activity call) =>
        Note($"{call.GetTagItem("http.request.method")} {Shown($"{call.GetTagItem("url.full")}")} → "
            + $"{call.GetTagItem("http.response.status_code") ?? call.GetTagItem("error.type") ?? "no answer"} in {call.Duration.TotalMilliseconds:0} ms");
}
