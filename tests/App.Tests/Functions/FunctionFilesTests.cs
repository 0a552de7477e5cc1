using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NCrontab;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Local.Triggers;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.App.Tests.Local.Triggers;

namespace ScaleFunctions.App.Tests.Functions;

/// <summary>The files the Functions host reads, as they lie beside the built program.</summary>
public sealed class FunctionFilesTests
{
    private static readonly JsonElement Host = Read(Path.Combine(AppContext.BaseDirectory, "host.json"));

    public static TheoryData<string> Functions =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "functions", "App", "Functions")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Fact]
    public void The_host_starts_our_program_with_the_extensions_of_version_4_and_forwards_http()
    {
        var handler = Host.GetProperty("customHandler");

        Assert.Equal("2.0", Host.GetProperty("version").GetString());
        Assert.Equal("Microsoft.Azure.Functions.ExtensionBundle", Host.GetProperty("extensionBundle").GetProperty("id").GetString());
        Assert.Equal("[4.*, 5.0.0)", Host.GetProperty("extensionBundle").GetProperty("version").GetString());
        Assert.Equal("ScaleFunctions", handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.Equal(0, handler.GetProperty("description").GetProperty("arguments").GetArrayLength());
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void The_host_reads_queues_as_we_write_them()
    {
        var queues = Host.GetProperty("extensions").GetProperty("queues");

        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal("00:00:02", queues.GetProperty("maxPollingInterval").GetString());
        Assert.Equal(5, queues.GetProperty("maxDequeueCount").GetInt32());
    }

    [Fact]
    public void A_call_ends_before_the_host_would_kill_the_process() =>
        Assert.True(new TriggerOptions().Deadline < TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, null));

    [Fact]
    public async Task Every_function_of_the_program_has_its_folder_and_every_folder_its_function()
    {
        await using var handler = await RunningHandler.StartAsync();
        var files = FunctionFile.ReadAll(AppContext.BaseDirectory, LocalTriggerHostTests.AppSettings);

        Assert.Equal(Functions.Select(row => row.Data), files.Select(file => file.Name));
        Assert.Equal(
            handler.Services.GetServices<ITriggerFunction>().Select(function => function.Name).Order(),
            files.Where(file => file.TriggerType != "httpTrigger").Select(file => file.Name));
    }

    /// <summary>A binary is one file: the local mode has to find its triggers where nothing lies beside it.</summary>
    [Fact]
    public void Within_the_program_are_the_same_files_as_beside_it() => Assert.Equal(
        FunctionFile.ReadAll(AppContext.BaseDirectory, LocalTriggerHostTests.AppSettings), FunctionFile.ReadBuiltIn(LocalTriggerHostTests.AppSettings));

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_file_beside_the_program_is_the_one_in_the_sources(string function) =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(Repository.Root, "functions", "App", "Functions", function, "function.json")),
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, function, "function.json")));

    [Theory]
    [InlineData("ApiRead", "get", "api/v1/{*path}")]
    [InlineData("ApiOperate", "post", "api/v1/{*path}")]
    [InlineData("ApiApprove", "post", "api/v1/approvals/{*path}")]
    [InlineData("BudgetWebhook", "post", "hooks/budget")]
    public void An_http_function_needs_a_key_has_a_route_and_can_be_forwarded(string function, string method, string route)
    {
        var bindings = Bindings(function);

        // Only functions with one input and one output are forwarded.
        Assert.Equal(["httpTrigger", "http"], bindings.Select(binding => binding.GetProperty("type").GetString()));
        Assert.Equal("function", bindings[0].GetProperty("authLevel").GetString());
        Assert.Equal([method], bindings[0].GetProperty("methods").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(route, bindings[0].GetProperty("route").GetString());
    }

    [Fact]
    public void The_shell_of_the_dashboard_needs_no_key_and_is_only_read()
    {
        var bindings = Bindings("Dashboard");

        Assert.Equal(["httpTrigger", "http"], bindings.Select(binding => binding.GetProperty("type").GetString()));
        Assert.Equal("anonymous", bindings[0].GetProperty("authLevel").GetString());
        Assert.Equal(["get"], bindings[0].GetProperty("methods").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal("dashboard/{*path}", bindings[0].GetProperty("route").GetString());
    }

    [Fact]
    public void Health_needs_no_key_and_is_only_read()
    {
        var bindings = Bindings("Health");

        Assert.Equal(["httpTrigger", "http"], bindings.Select(binding => binding.GetProperty("type").GetString()));
        Assert.Equal("anonymous", bindings[0].GetProperty("authLevel").GetString());
        Assert.Equal(["get"], bindings[0].GetProperty("methods").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(HealthEndpoint.Address, "/" + bindings[0].GetProperty("route").GetString());
    }

    [Theory]
    [InlineData("Evaluate", "%EVALUATE_QUEUE%")]
    [InlineData("Verify", "%VERIFY_QUEUE%")]
    [InlineData("Budget", "%BUDGET_QUEUE%")]
    public void A_queue_function_names_its_queue_and_connection_by_settings(string function, string queue)
    {
        var binding = Assert.Single(Bindings(function));

        Assert.Equal(("queueTrigger", "item"), (binding.GetProperty("type").GetString(), binding.GetProperty("name").GetString()));
        Assert.Equal((queue, "WorkStorage"), (binding.GetProperty("queueName").GetString(), binding.GetProperty("connection").GetString()));
    }

    [Theory]
    [InlineData("ScaleTick", "%TICK_SCHEDULE%")]
    [InlineData("ForecastRefresh", "%FORECAST_SCHEDULE%")]
    [InlineData("RightsizeDaily", "%RIGHTSIZE_SCHEDULE%")]
    [InlineData("CostTick", "%COST_SCHEDULE%")]
    [InlineData("AlertTick", "0 * * * * *")]
    public void A_timer_catches_up_and_never_fires_at_start(string function, string schedule)
    {
        var binding = Assert.Single(Bindings(function));

        Assert.Equal(schedule, binding.GetProperty("schedule").GetString());
        Assert.True(binding.GetProperty("useMonitor").GetBoolean());
        Assert.False(binding.GetProperty("runOnStartup").GetBoolean());
    }

    [Theory]
    [InlineData("ResourceEvent")]
    [InlineData("BudgetEvent")]
    public void An_event_function_gets_one_event_a_call(string function) =>
        Assert.False(Assert.Single(Bindings(function)).TryGetProperty("cardinality", out _));

    [Fact]
    public void The_sample_settings_are_all_the_files_name()
    {
        var values = Read(Path.Combine(Repository.Root, "local.settings.sample.json")).GetProperty("Values");
        var settings = values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

        Assert.NotEmpty(FunctionFile.ReadAll(AppContext.BaseDirectory, settings));
        Assert.Equal("custom", settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Contains("WorkStorage", settings.Keys);
        Assert.Contains("StateStorage", settings.Keys);
        Assert.NotNull(CrontabSchedule.TryParse(settings["TICK_SCHEDULE"], new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
        Assert.NotNull(CrontabSchedule.TryParse(settings["RIGHTSIZE_SCHEDULE"], new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
        Assert.NotNull(CrontabSchedule.TryParse(settings["COST_SCHEDULE"], new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
        Assert.NotNull(CrontabSchedule.TryParse(settings["FORECAST_SCHEDULE"], new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
    }

    private static IReadOnlyList<JsonElement> Bindings(string function) =>
        [.. Read(Path.Combine(AppContext.BaseDirectory, function, "function.json")).GetProperty("bindings").EnumerateArray()];

    private static JsonElement Read(string file) => JsonElement.Parse(File.ReadAllText(file));
}
