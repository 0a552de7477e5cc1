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

    private static TelemetrySettings Read(bool isHosted, params (string Name, string Value)[] settings) => TelemetrySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value))).Build(), isHosted);
}
