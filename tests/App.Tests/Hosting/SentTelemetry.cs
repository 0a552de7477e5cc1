using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>An invocation waits a second at most for a collector, and then not for a while; what a busy machine left comes here.</summary>
internal static class SentTelemetry
{
    private const int Longest = 60_000;

    /// <summary>Waits until all that was collected has been sent.</summary>
    public static void SendAll(this RunningHandler handler)
    {
        Assert.True(handler.Services.GetRequiredService<TracerProvider>().ForceFlush(Longest), "spans were not sent");
        Assert.True(handler.Services.GetRequiredService<MeterProvider>().ForceFlush(Longest), "metrics were not sent");
        Assert.True(handler.Services.GetService<LoggerProvider>()?.ForceFlush(Longest) ?? true, "logs were not sent");
    }
}
