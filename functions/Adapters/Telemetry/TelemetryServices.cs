using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>Registers what collects and sends telemetry. Nothing at all where it goes nowhere: then spans and metrics cost a comparison each.</summary>
public static class TelemetryServices
{
    /// <param name="services">The app's services.</param>
    /// <param name="settings">Where it goes.</param>
    /// <param name="worker">Tells the instances apart.</param>
    /// <param name="own">Further names of activity sources and meters.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetrySettings settings, string worker, params string[] own)
    {
        if (settings.IsOff)
        {
            return services;
        }

        services.AddSingleton<IHostedService>(provider => new TelemetryTroubles(provider.GetRequiredService<ILogger<TelemetryTroubles>>()));
        var builder = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            "ScaleFunctions", serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3), serviceInstanceId: worker));
        builder
            .WithTracing(tracing => tracing.AddSource([CycleActivity.SourceName, ActionGroupSender.SourceName, .. own])
                .AddProcessor(provider => new SpanCounter(provider.GetService<UsageCounter>())).Export(settings))
            .WithMetrics(metrics => metrics.AddMeter([CycleMeter.Name, ThrottleMeter.Name, .. own]).Export(settings));
        if (settings.IsOtlp)
        {
            // Not to Application Insights: the Functions host sends it what we print, and each line would be paid for twice.
            builder.WithLogging(logging => logging.AddOtlpExporter(), options => options.IncludeScopes = true);
        }

        return services.AddSingleton(provider => new TelemetryFlush(
            provider.GetRequiredService<TracerProvider>(), provider.GetRequiredService<MeterProvider>(), provider.GetService<LoggerProvider>()));
    }

    private static TracerProviderBuilder Export(this TracerProviderBuilder tracing, TelemetrySettings settings)
    {
        if (settings.IsOtlp)
        {
            tracing.AddOtlpExporter();
        }

        if (settings.ConnectionString is { } connection)
        {
            tracing.AddAzureMonitorTraceExporter(options => Set(options, connection), Credential(settings));
        }

        // Whoever calls may say that it sends no trace of its own, as the Functions host does while nobody asked it to: ours is sent all the same.
        return settings.IsSampled ? tracing : tracing.SetSampler(new AlwaysOnSampler());
    }

    private static void Export(this MeterProviderBuilder metrics, TelemetrySettings settings)
    {
        if (settings.IsOtlp)
        {
            metrics.AddOtlpExporter();
        }

        if (settings.ConnectionString is { } connection)
        {
            metrics.AddAzureMonitorMetricExporter(options => Set(options, connection), Credential(settings));
        }
    }

    private static TokenCredential? Credential(TelemetrySettings settings) =>
        settings.SignsIn ? AzureCredentials.Hosted(settings.ClientId) : null;

    private static void Set(AzureMonitorExporterOptions options, string connection)
    {
        options.ConnectionString = connection;

        // An instance's disk is gone with it, and what is old when it comes helps nobody.
        options.DisableOfflineStorage = true;
        options.EnableLiveMetrics = false;

        // There are few spans, and those of changes are what one looks for: none is left out.
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
    }
}
