using System.Net;
using System.Net.Sockets;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>How the handler ends: never with 0, which the host would take for "needed no more".</summary>
public sealed class HostedEndTests : IAsyncLifetime
{
    private const string Storage =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Q0FOQVJZLWtleQ==;QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scalefunctions-");
    private readonly Dictionary<string, string?> _settings = [];

    public async ValueTask InitializeAsync()
    {
        var policies = Path.Combine(_directory.FullName, "policies");
        await SamplePolicies.WriteToAsync(policies);
        _settings["WorkStorage"] = Storage;
        _settings["ScaleFunctions__State"] = Path.Combine(_directory.FullName, "state");
        _settings["ScaleFunctions__Policies"] = policies;
        Directory.CreateDirectory(_settings["ScaleFunctions__State"]!);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Asked_to_stop_it_does_not_end_with_0()
    {
        await using var process = HostedProcess.Start(HostedProcess.FreePort(), _settings);
        await process.ReadyAsync();

        await process.TerminateAsync();

        Assert.NotEqual(0, (await process.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_message_without_advice_for_the_command_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var errors = await ShouldFailAsync(port);

        Assert.Contains($"port {port} is in use", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("--port", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WorkStorage", null, "WorkStorage")]
    [InlineData("WorkStorage", "CANARY", "WorkStorage")]
    [InlineData("WorkStorage", "AccountName=x;AccountKey=CANARY", "WorkStorage")]
    [InlineData("WorkStorage__queueServiceUri", "not an address", "WorkStorage__queueServiceUri")]
    [InlineData("WorkStorage__queueServiceUri", "http://account.queue.core.windows.net", "WorkStorage__queueServiceUri")]
    [InlineData("StateStorage", "CANARY", "StateStorage")]
    [InlineData("StateStorage", "AccountName=x;AccountKey=CANARY", "StateStorage")]
    [InlineData("StateStorage__tableServiceUri", "not an address", "StateStorage__tableServiceUri")]
    [InlineData("StateStorage__tableServiceUri", "http://account.table.core.windows.net", "StateStorage__tableServiceUri")]
    [InlineData("EVALUATE_QUEUE", "No Such Name", "EVALUATE_QUEUE")]
    [InlineData("EVALUATE_QUEUE", "verify", "EVALUATE_QUEUE")]
    [InlineData("ScaleFunctions__Mode", "full", "ScaleFunctions__Mode")]
    [InlineData("ScaleFunctions__Mode", "1", "ScaleFunctions__Mode")]
    [InlineData("ScaleFunctions__Mode", "Act,Observe", "ScaleFunctions__Mode")]
    [InlineData("ScaleFunctions__Mode", "7", "ScaleFunctions__Mode")]
    [InlineData("ScaleFunctions__State", "/proc/no/such", "/proc/no/such")]
    [InlineData("TICK_SCHEDULE", "every minute", "TICK_SCHEDULE")]
    [InlineData("TICK_SCHEDULE", "0 * 8-18 * * *", "hours between two ticks")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "seven", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "0", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "70000", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    public async Task A_setting_that_is_missing_or_wrong_is_one_clear_message(string name, string? value, string named)
    {
        _settings[name] = value;

        var errors = await ShouldFailAsync(HostedProcess.FreePort());

        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_no_table_can_have_is_one_clear_message()
    {
        _settings["StateStorage"] = Storage;
        _settings["StateStorage__table"] = "no-such";

        Assert.Contains("StateStorage__table", await ShouldFailAsync(HostedProcess.FreePort()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_on_the_disk_of_one_instance_is_warned_of_at_start_and_once()
    {
        await using var process = HostedProcess.Start(HostedProcess.FreePort(), _settings);
        await process.ReadyAsync();

        Assert.Single(process.Log.Split('\n'), line => line.Contains("StateStorage__tableServiceUri", StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_in_a_table_needs_no_directory_and_no_warning()
    {
        _settings["StateStorage"] = $"{Storage}TableEndpoint=http://127.0.0.1:9/devstoreaccount1;";
        _settings["ScaleFunctions__State"] = "/proc/no/such";
        await using var process = HostedProcess.Start(HostedProcess.FreePort(), _settings);
        await process.ReadyAsync();

        Assert.DoesNotContain("StateStorage", process.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=CANARY;IngestionEndpoint=CANARY")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "CANARY")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "CANARY")]
    public async Task Wrong_settings_of_telemetry_are_told_once_and_keep_nothing_from_working(string name, string value)
    {
        _settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        _settings[name] = value;
        await using var process = HostedProcess.Start(HostedProcess.FreePort(), _settings);
        await process.ReadyAsync();

        (await process.PostAsync("Evaluate", HostPosts.Queue(HostPosts.LateEvaluation))).ShouldBe(HttpStatusCode.OK, process.Log);

        Assert.Single(process.Log.Split('\n'), line => line.Contains("Telemetry does not go where settings say", StringComparison.Ordinal));
        Assert.DoesNotContain("CANARY", process.Log, StringComparison.Ordinal);
    }

    private async Task<string> ShouldFailAsync(int port)
    {
        await using var process = HostedProcess.Start(port, _settings);
        var (code, errors) = await process.EndAsync();
        Assert.NotEqual(0, code);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n'));
        return errors;
    }
}
