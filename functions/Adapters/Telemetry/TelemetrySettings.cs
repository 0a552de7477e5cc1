using Microsoft.Extensions.Configuration;

namespace ScaleFunctions.Adapters.Telemetry;

/// <summary>Where telemetry goes: nowhere, unless settings of the field's own names say so.</summary>
public sealed record TelemetrySettings
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>The exporter takes no longer one.</summary>
    private const int LongestConnection = 4096;

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

    /// <summary>Whether a setting says which traces are sent; all are otherwise.</summary>
    public bool IsSampled { get; init; }

    /// <summary>Why it does not go where settings say; absent when nothing is wrong. Wrong telemetry never stops the work.</summary>
    public string? Problem { get; init; }

    public bool IsOff => !IsOtlp && ConnectionString is null;

    /// <param name="configuration">The app's settings.</param>
    /// <param name="isHosted">Whether the app runs in Azure: what a simulation does is not told to anybody's Application Insights.</param>
    public static TelemetrySettings Read(IConfiguration configuration, bool isHosted)
    {
        var settings = ReadInsights(ReadOtlp(configuration), isHosted ? configuration : null);
        return settings.IsOtlp && TelemetryTrial.Problem(configuration) is { } problem ? (settings with { IsOtlp = false }).And(problem) : settings;
    }

    private static TelemetrySettings ReadOtlp(IConfiguration configuration)
    {
        var settings = new TelemetrySettings { IsSampled = configuration[Sampler] is { Length: > 0 } };
        return configuration[Otlp] is not { Length: > 0 } endpoint ? settings
            : Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
                ? settings with { IsOtlp = true }
                : settings.And($"{Otlp} is no address that begins with http:// or https://");
    }

    private TelemetrySettings And(string problem) => this with { Problem = Problem is null ? problem : $"{Problem}; {problem}" };

    private static TelemetrySettings ReadInsights(TelemetrySettings settings, IConfiguration? configuration)
    {
        if (configuration?[Insights] is not { Length: > 0 } connection)
        {
            return settings;
        }

        if (connection.Length > LongestConnection || Parse(connection) is not { } parts || !parts.ContainsKey("InstrumentationKey") || !IsAddress(parts))
        {
            return settings.And($"{Insights} is no connection string");
        }

        if (configuration[Authentication] is not { Length: > 0 } text)
        {
            return settings with { ConnectionString = connection };
        }

        var authentication = Parse(text);
        return authentication?.TryGetValue("Authorization", out var how) is not true || !string.Equals(how, "AAD", StringComparison.OrdinalIgnoreCase)
            ? settings.And($"{Authentication} is not of the form ClientId=…;Authorization=AAD")
            : !parts.TryGetValue("IngestionEndpoint", out var endpoint) || !IsAzure(endpoint)
                ? settings.And($"the IngestionEndpoint of {Insights} is no address of Azure Monitor, so it gets no token")
                : settings with
                {
                    ConnectionString = connection,
                    SignsIn = true,
                    ClientId = authentication.GetValueOrDefault("ClientId"),
                };
    }

    private static bool IsAzure(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.IsDefaultPort
        && IngestionDomains.Any(domain => uri.IdnHost.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where it would go without an IngestionEndpoint: to Azure's own, or to a host that a suffix makes.</summary>
    private static bool IsAddress(Dictionary<string, string> parts) =>
        !parts.TryGetValue("IngestionEndpoint", out var endpoint)
            ? !parts.TryGetValue("EndpointSuffix", out var suffix) || Uri.TryCreate($"https://dc.{suffix}", UriKind.Absolute, out _)
            : Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>The parts of <c>Name=value;…</c>; nothing when it is none, as strictly as the exporter reads it, which throws then.</summary>
    private static Dictionary<string, string>? Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (text.EndsWith(';') ? text[..^1] : text).Split(';'))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || string.IsNullOrWhiteSpace(part[(sign + 1)..]) || !parts.TryAdd(part[..sign].Trim(), part[(sign + 1)..].Trim()))
            {
                return null;
            }
        }

        return parts;
    }
}
