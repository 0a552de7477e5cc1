using Microsoft.Extensions.Configuration;
using ScaleFunctions.Adapters.Telemetry;

namespace ScaleFunctions.Adapters.Tests.Telemetry;

public sealed class TelemetrySettingsTests
{
    private const string Connection =
        "InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/";

    private const string SignIn = "ClientId=00000000-0000-4000-8000-000000000002;Authorization=AAD";

    [Fact]
    public void Goes_nowhere_unless_told() => Assert.True(Read(isHosted: true).IsOff);

    [Fact]
    public void Goes_to_a_collector_that_is_named() => Assert.True(Read(isHosted: false, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")) is { IsOtlp: true, ConnectionString: null });

    [Fact]
    public void Signs_in_to_Application_Insights_with_the_identity_that_is_named()
    {
        var settings = Read(isHosted: true, ("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection), ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", SignIn));

        Assert.Equal((Connection, true, "00000000-0000-4000-8000-000000000002", null), (settings.ConnectionString, settings.SignsIn, settings.ClientId, settings.Problem));
    }

    [Fact]
    public void A_simulation_is_told_to_nobodys_Application_Insights() =>
        Assert.True(Read(isHosted: false, ("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection)).IsOff);

    [Theory]
    [InlineData("https://collector.example.com/")]
    [InlineData("https://applicationinsights.azure.com.example.com/")]
    [InlineData("https://notmonitor.azure.com.evil/")]
    [InlineData("http://westeurope-5.in.applicationinsights.azure.com/")]
    [InlineData("https://westeurope-5.in.applicationinsights.azure.com:8443/")]
    [InlineData("https://x@westeurope-5.in.applicationinsights.azure.com/")]
    public void A_token_goes_to_no_other_host(string endpoint)
    {
        var settings = Read(
            isHosted: true,
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint={endpoint}"),
            ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", SignIn));

        Assert.True(settings.IsOff);
        Assert.Contains("gets no token", settings.Problem, StringComparison.Ordinal);
    }

    /// <summary>Azure's exporter throws at one, and the app would not start.</summary>
    [Fact]
    public void A_connection_string_longer_than_any_is_told_and_stops_nothing()
    {
        var settings = Read(isHosted: true, ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"{Connection};Note={new string('x', 4096)}"));

        Assert.True(settings.IsOff);
        Assert.NotNull(settings.Problem);
    }

    [Theory]
    [InlineData("no connection string", SignIn)]
    [InlineData("IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/", SignIn)]
    [InlineData(Connection, "ClientId=x")]
    [InlineData(Connection, "Authorization=Key")]
    public void What_is_wrong_is_told_and_stops_nothing(string connection, string authentication)
    {
        var settings = Read(isHosted: true, ("APPLICATIONINSIGHTS_CONNECTION_STRING", connection), ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING", authentication));

        Assert.True(settings.IsOff);
        Assert.NotNull(settings.Problem);
    }

    /// <summary>Each of these makes the exporter throw, and with it the start of the app.</summary>
    [Theory]
    [InlineData("InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint=CANARY")]
    [InlineData("InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint=ftp://CANARY/")]
    [InlineData("InstrumentationKey=00000000-0000-4000-8000-000000000001;InstrumentationKey=CANARY")]
    [InlineData("InstrumentationKey=00000000-0000-4000-8000-000000000001;;IngestionEndpoint=https://CANARY/")]
    [InlineData(";InstrumentationKey=CANARY")]
    [InlineData("InstrumentationKey=")]
    [InlineData("InstrumentationKey")]
    public void A_connection_string_that_the_exporter_cannot_read_is_told_without_its_content(string connection)
    {
        var settings = Read(isHosted: true, ("APPLICATIONINSIGHTS_CONNECTION_STRING", connection), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"));

        Assert.Equal((true, null, "APPLICATIONINSIGHTS_CONNECTION_STRING is no connection string"), (settings.IsOtlp, settings.ConnectionString, settings.Problem));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "CANARY")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://CANARY/")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "CANARY")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x=1,CANARY")]
    public void Settings_of_a_collector_that_the_exporter_cannot_read_are_told_without_their_content(string name, string value)
    {
        var settings = Read(
            isHosted: true, [.. new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317", [name] = value }.Select(each => (each.Key, each.Value)),
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection)]);

        Assert.Equal((false, Connection), (settings.IsOtlp, settings.ConnectionString));
        Assert.Contains("OTEL_EXPORTER_OTLP", settings.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", settings.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_things_that_are_wrong_are_both_told()
    {
        var settings = Read(isHosted: true, ("APPLICATIONINSIGHTS_CONNECTION_STRING", "x"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "x"));

        Assert.True(settings.IsOff);
        Assert.Contains("; ", settings.Problem, StringComparison.Ordinal);
    }

    private static TelemetrySettings Read(bool isHosted, params (string Name, string Value)[] settings) => TelemetrySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value))).Build(), isHosted);
}
