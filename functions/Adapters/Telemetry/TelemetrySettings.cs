using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>Where telemetry goes: nowhere, unless settings of the field's own names say so.</summary>
public sealed record TelemetrySettings
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Hosts of Azure's clouds that take telemetry; a token goes nowhere else.</summary>
    private static readonly string[] IngestionDomains =
        [".applicationinsights.azure.com", ".monitor.azure.com", ".applicationinsights.azure.us", ".monitor.azure.us", ".applicationinsights.azure.cn", ".monitor.azure.cn"];

    public static TelemetrySettings Off { get; } = new();

    /// <summary>Whether it goes to a collector. Which one, and how, is read from the settings <c>OTEL_…</c>.</summary>
    public bool IsOtlp { get; init; }

    /// <summary>Where Application Insights takes it; absent when it does not go there.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Whether to sign in there with the app's identity.</summary>
    public bool SignsIn { get; init; }

    /// <summary>Client id of that identity; the system's when absent.</summary>
    public string? ClientId { get; init; }

    /// <summary>Why it does not go where settings say; absent when nothing is wrong. Wrong telemetry never stops the work.</summary>
    public string? Problem { get; init; }

    public bool IsOff => !IsOtlp && ConnectionString is null;

    /// <param name="configuration">The app's settings.</param>
    /// <param name="isHosted">Whether the app runs in Azure: what a simulation does is not told to anybody's Application Insights.</param>
    public static TelemetrySettings Read(IConfiguration configuration, bool isHosted)
    {
        var settings = new TelemetrySettings { IsOtlp = configuration[Otlp] is { Length: > 0 } };
        if (!isHosted || configuration[Insights] is not { Length: > 0 } connection)
        {
            return settings;
        }

        if (Parse(connection) is not { } parts || !parts.ContainsKey("InstrumentationKey"))
        {
            return settings with { Problem = $"{Insights} is no connection string" };
        }

        if (configuration[Authentication] is not { Length: > 0 } text)
        {
            return settings with { ConnectionString = connection };
        }

        var authentication = Parse(text);
        return authentication?.TryGetValue("Authorization", out var how) is not true || !string.Equals($"{how}", "AAD", StringComparison.OrdinalIgnoreCase)
            ? settings with { Problem = $"{Authentication} is not of the form ClientId=…;Authorization=AAD" }
            : !parts.TryGetValue("IngestionEndpoint", out var endpoint) || !IsAzure($"{endpoint}")
                ? settings with { Problem = $"the IngestionEndpoint of {Insights} is no address of Azure Monitor, so it gets no token" }
                : settings with
                {
                    ConnectionString = connection,
                    SignsIn = true,
                    ClientId = authentication.TryGetValue("ClientId", out var id) ? $"{id}" : null,
                };
    }

    private static bool IsAzure(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.IsDefaultPort
        && IngestionDomains.Any(domain => uri.IdnHost.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static DbConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
