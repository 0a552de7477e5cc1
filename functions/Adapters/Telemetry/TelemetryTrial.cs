using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>
/// Makes the exporter to a collector once for trial: it throws at settings it cannot read, and made with the app it would keep
/// that from starting.
/// </summary>
internal static class TelemetryTrial
{
    /// <summary>Why the exporter does not take the settings; absent when it does.</summary>
    public static string? Problem(IConfiguration configuration)
    {
        try
        {
            using var provider = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration)).AddOtlpExporter().Build();
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Not its message: it repeats what it cannot read, and headers hold keys.
            return $"the exporter cannot read the settings OTEL_EXPORTER_OTLP_… ({exception.GetBaseException().GetType().Name})";
        }
    }
}
