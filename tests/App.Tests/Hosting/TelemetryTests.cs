using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What leaves the process, as a collector gets it. Sources are the process's, so no other test runs beside these.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    private const string InvocationId = "8418f3ce-77a6-49b5-8ba4-b455c6912277";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_the_spans_of_a_tick_its_batch_and_its_change_in_one_trace()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));

        var target = await ActAsync(handler, collector);

        var tick = Assert.Single(collector.Spans, span => span.Name == "tick" && span.Trace == target.Trace);
        var trace = collector.Spans.Where(span => span.Trace == tick.Trace).ToList();
        var batch = Assert.Single(trace, span => span.Name == "batch");
        var evaluate = Assert.Single(trace, span => span.Name == "Evaluate");
        Assert.Equal(tick.Id, evaluate.Parent);
        Assert.Equal(evaluate.Id, batch.Parent);
        Assert.Equal(InvocationId, evaluate.Attributes["faas.invocation_id"]);
        Assert.Equal(("2", tick.Attributes["scalefunctions.tick.id"]), (batch.Attributes["scalefunctions.batch.targets"], batch.Attributes["scalefunctions.tick.id"]));
        Assert.Contains("HorizontalScaling", batch.Attributes["scalefunctions.policy.kinds"], StringComparison.Ordinal);

        // web has too much load and is changed; api is at rest and has no span.
        Assert.Single(trace, span => span.Name == "target");
        Assert.Equal(batch.Id, target.Parent);
        Assert.Equal(RunningHandler.Web.Value, target.Attributes["scalefunctions.target.id"]);
        Assert.Equal(("2", "scale-out", "sent"), (
            target.Attributes["scalefunctions.from"], target.Attributes["scalefunctions.reason.code"], target.Attributes["scalefunctions.outcome"]));
        Assert.True(int.Parse(target.Attributes["scalefunctions.to"], null) > 2);
        Assert.NotEmpty(target.Attributes["scalefunctions.policy"]);
        Assert.Contains(trace, span => span.Name == "action.write" && span.Parent == target.Id);
        Assert.All(trace, span => Assert.False(span.IsError, span.Name));
    }

    [Fact]
    public async Task A_look_at_an_action_belongs_to_the_trace_of_the_action()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));
        await ActAsync(handler, collector);

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(2), Cancellation);
        await DeliverAsync(handler, WorkKind.Verify, "Verify");

        handler.SendAll();
        var verify = collector.Spans.First(span => span.Name == "Verify");
        Assert.Contains(collector.Spans, span => span.Name == "Evaluate" && span.Id == verify.Parent && span.Trace == verify.Trace);
    }

    [Fact]
    public async Task A_collector_gets_metrics_with_the_fields_names_and_units()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));

        await ActAsync(handler, collector);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(4), Cancellation);
        await TickAsync(handler);

        handler.SendAll();
        var metrics = collector.Metrics;
        (string Name, string Unit)[] expected =
        [
            ("scalefunctions.ticks", "{tick}"), ("scalefunctions.ticks.missed", "{tick}"), ("scalefunctions.tick.duration", "s"),
            ("scalefunctions.targets", "{target}"), ("scalefunctions.decisions", "{decision}"), ("scalefunctions.actions", "{action}"),
            ("scalefunctions.queue.depth", "{message}"), ("scalefunctions.azure.requests", "{request}"), ("faas.invoke_duration", "s"),
        ];
        Assert.All(expected, each => Assert.Equal(each.Unit, metrics.GetValueOrDefault(each.Name, $"no {each.Name}")));
    }

    [Fact]
    public async Task A_log_line_carries_the_invocation_and_the_trace_it_belongs_to()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Collected(collector.Address)(services);
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Broken", (_, _) => throw new InvalidOperationException("the reason it broke")));
        });

        (await handler.PostAsync("Broken", "{}")).ShouldBe(HttpStatusCode.InternalServerError);

        handler.SendAll();
        var span = collector.Spans.First(each => each.Name == "Broken");
        Assert.True(span.IsError);
        var log = Assert.Single(collector.Logs, each => each.Attributes.ContainsValue("Broken"));
        Assert.Equal(span.Trace, log.Trace);
        Assert.Equal(InvocationId, log.Attributes["InvocationId"]);
    }

    /// <summary>Time stands still, so the answer waits for what is sent and not for a second that is over.</summary>
    [Fact]
    public async Task What_an_invocation_left_is_sent_before_its_answer()
    {
        var sent = new List<bool>();
        await using var handler = await RunningHandler.StartAsync(services => services
            .AddSingleton<ITriggerFunction>(new ProbeFunction("Quick", (_, _) => Task.CompletedTask))
            .AddSingleton(new TelemetryFlush(Note, new SimulatedClock(RunningHandler.Start))));

        (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);

        Assert.Equal([true], sent);

        bool Note(bool withMetrics)
        {
            sent.Add(withMetrics);
            return true;
        }
    }

    [Fact]
    public async Task No_key_and_no_payload_reaches_a_collector()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));

        foreach (var body in new[] { HostPosts.HttpWithKeys, HostPosts.TimerTriedAgain, HostPosts.Queue("CANARY-text"), HostPosts.Queue("""{"target":"CANARY-target"}""") })
        {
            await handler.PostAsync("Evaluate", body);
            await handler.PostAsync("Verify", body);
        }

        handler.SendAll();
        Assert.NotEmpty(collector.Spans);
        Assert.All(collector.Posts, post => Assert.DoesNotContain("CANARY", Encoding.UTF8.GetString(post.Body), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_hangs_costs_an_invocation_a_second_once_and_no_failure()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Collected(new Uri($"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}"))(services);
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Quick", (_, _) => Task.CompletedTask));
        });
        var since = Stopwatch.StartNew();

        (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);
        var first = since.Elapsed;

        // The exporter itself would wait ten seconds.
        Assert.InRange(first, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));
        for (var call = 0; call < 10; call++)
        {
            (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);
        }

        Assert.True(since.Elapsed - first < TimeSpan.FromSeconds(5), $"{since.Elapsed - first} for ten calls after the first");
    }

    [Fact]
    public async Task A_collector_that_is_not_there_fails_nothing()
    {
        var port = HostedProcess.FreePort();
        await using var handler = await RunningHandler.StartAsync(Collected(new Uri($"http://127.0.0.1:{port}")));

        await TickAsync(handler);

        Assert.True(await handler.Services.GetRequiredService<RowStore>().ReadFleetAsync(Cancellation) is { LastTickAt: not null });
    }

    [Fact]
    public async Task Application_Insights_gets_spans_and_metrics_where_its_connection_string_says()
    {
        await using var insights = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(services => services.AddTelemetry(
            TelemetrySettings.Read(
                Settings(("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint={insights.Address}")),
                isHosted: true),
            "worker", InvocationTelemetry.Name));

        await TickAsync(handler);
        await TickAsync(handler);

        // The heartbeat that the dead-man alert looks for.
        var sent = string.Concat(insights.Posts.Where(post => post.Path.EndsWith("/track", StringComparison.Ordinal)).Select(post => Unzipped(post.Body)));
        Assert.Contains("scalefunctions.ticks", sent, StringComparison.Ordinal);
        Assert.Contains("finished", sent, StringComparison.Ordinal);
        Assert.Contains("\"batch\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_nothing_collects_and_messages_carry_no_trace()
    {
        await using var handler = await RunningHandler.StartAsync(services =>
            services.AddTelemetry(TelemetrySettings.Read(Settings(), isHosted: true), "worker", InvocationTelemetry.Name));

        Assert.Null(handler.Services.GetService<TelemetryFlush>());
    }

    private static string Unzipped(byte[] body)
    {
        if (body is not [0x1f, 0x8b, ..])
        {
            return Encoding.UTF8.GetString(body);
        }

        using var zipped = new System.IO.Compression.GZipStream(new MemoryStream(body), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        return reader.ReadToEnd();
    }

    private static Action<IServiceCollection> Collected(Uri collector) => services =>
    {
        var settings = Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        services.AddSingleton(settings).AddTelemetry(TelemetrySettings.Read(settings, isHosted: false), "worker", InvocationTelemetry.Name);
    };

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value))).Build();

    /// <summary>Lets ticks pass until one changes something: the first see too little of the load.</summary>
    private static async Task<OtlpReceiver.Span> ActAsync(RunningHandler handler, OtlpReceiver collector)
    {
        for (var tick = 0; tick < 10; tick++)
        {
            await TickAsync(handler);
            if (collector.Spans.FirstOrDefault(span => span.Name == "target") is { } target)
            {
                return target;
            }
        }

        throw new InvalidOperationException("nothing was changed in ten ticks");
    }

    private static async Task TickAsync(RunningHandler handler)
    {
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await DeliverAsync(handler, WorkKind.Evaluate, "Evaluate");
    }

    private static async Task DeliverAsync(RunningHandler handler, WorkKind kind, string function)
    {
        var queue = handler.Services.GetRequiredService<IWorkSource>();
        foreach (var work in await queue.ReceiveAsync(kind, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
        {
            (await handler.PostAsync(function, HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            await queue.CompleteAsync(work, Cancellation);
        }
    }
}
