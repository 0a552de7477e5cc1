using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Adapters.Telemetry;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The numbers that a collector gets, against what happened in the simulated Azure; and what it gets of forged, broken and secret things.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryValuesTests
{
    private const string Ours = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_the_numbers_of_what_happened()
    {
        const int Ticks = 12;
        const int Missed = 4;
        var reports = new Reports();
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Collected(collector.Address)(services);
            services.AddSingleton<ICycleObserver>(reports);
        });
        for (var tick = 0; tick < Ticks; tick++)
        {
            await TickAsync(handler);
        }

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(Missed), Cancellation);
        await TickAsync(handler);

        handler.SendAll();
        var values = collector.Values;
        var writes = handler.Sandbox.Writes.Effective;
        Assert.NotEmpty(writes);

        // Two targets in one batch a tick; each tick but the last was seen to end.
        Assert.Equal(Ticks, values[("scalefunctions.ticks", "finished")].Value);
        Assert.DoesNotContain(("scalefunctions.ticks", "incomplete"), values.Keys);
        Assert.Equal(Missed, values[("scalefunctions.ticks.missed", "")].Value);
        Assert.Equal(2, values[("scalefunctions.targets", "")].Value);
        Assert.Equal((Ticks + 1, Ticks + 1), (values[("scalefunctions.tick.duration", "cut")].Count, values[("scalefunctions.tick.duration", "batch")].Count));
        Assert.Equal(1, values[("scalefunctions.queue.depth", "evaluate")].Value);

        // Decisions: as the reports of the same evaluations say, whose only changes are those that Azure saw.
        var decisions = Of(values, "scalefunctions.decisions");
        Assert.Equal(2 * (Ticks + 1), decisions.Values.Sum());
        Assert.Equal(writes.Count, decisions["scaled_out"]);
        Assert.Equal(decisions.Where(each => each.Key is "hold" or "held").Sum(each => each.Value), Of(values, "scalefunctions.holds").Values.Sum());
        Assert.Equal(
            reports.All.SelectMany(report => report.Targets).Where(each => each.Kind is ReportKind.Hold or ReportKind.Held or ReportKind.ScaledOut)
                .GroupBy(each => each.Kind.ToString().ToLowerInvariant().Replace("dout", "d_out", StringComparison.Ordinal)).ToDictionary(group => group.Key, group => (double)group.Count()),
            decisions);
        Assert.Equal(new Dictionary<string, double> { ["scale_out done"] = writes.Count }, Of(values, "scalefunctions.actions"));

        // Requests: as Azure counted them.
        Assert.Equal(handler.Sandbox.Requests.Total, Of(values, "scalefunctions.azure.requests").Values.Sum());
        Assert.Equal((Ticks + 1, Ticks + 1), (values[("faas.invoke_duration", "ScaleTick")].Count, values[("faas.invoke_duration", "Evaluate")].Count));
    }

    [Fact]
    public async Task A_batch_that_does_not_report_is_a_tick_that_is_incomplete()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));
        await TickAsync(handler, deliver: false);
        await TickAsync(handler);
        await TickAsync(handler);

        handler.SendAll();
        Assert.Equal(1, collector.Values[("scalefunctions.ticks", "incomplete")].Value);
        Assert.Equal(1, collector.Values[("scalefunctions.ticks", "finished")].Value);
    }

    [Fact]
    public async Task A_collector_gets_how_often_Azure_refused()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));
        handler.Sandbox.Faults.Add(new FaultRule { Effect = new Throttle(7), Target = "metrics:getBatch", Times = 2 });
        for (var tick = 0; tick < 3; tick++)
        {
            await TickAsync(handler);
        }

        handler.SendAll();
        var values = collector.Values;
        Assert.Equal(2, handler.Sandbox.Requests.Throttled);
        Assert.Equal(2, Of(values, "scalefunctions.throttle.refusals").Values.Sum());
        Assert.Equal(2, values.Where(each => each.Key.Metric == "scalefunctions.azure.requests" && each.Value.Attributes["http.response.status_code"] == "429").Sum(each => each.Value.Value));
    }

    /// <summary>A series for each target, subscription or group would be thousands, and paid for.</summary>
    [Fact]
    public async Task No_attribute_of_a_metric_names_a_resource()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));
        for (var tick = 0; tick < 6; tick++)
        {
            await TickAsync(handler);
        }

        string[] allowed =
        [
            "scalefunctions.outcome", "scalefunctions.kind", "scalefunctions.tick.phase", "scalefunctions.queue", "scalefunctions.azure.service",
            "scalefunctions.azure.verb", "http.response.status_code", "faas.name", "scalefunctions.reason", "scalefunctions.currency",
        ];
        handler.SendAll();
        Assert.NotEmpty(collector.Values);
        Assert.All(collector.Values.Values.SelectMany(series => series.Attributes), attribute =>
        {
            Assert.Contains(attribute.Key, allowed);
            Assert.DoesNotContain(attribute.Value, new[] { RunningHandler.Web.Name, RunningHandler.Api.Name, RunningHandler.Web.Subscription, "shop" });
            Assert.DoesNotContain('/', attribute.Value);
        });
    }

    /// <summary>The Functions host puts on each call that it sends no trace, unless its own telemetry is on.</summary>
    [Fact]
    public async Task A_caller_that_traces_nothing_does_not_silence_us()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));

        await CallAsync(handler, "Evaluate", HostPosts.Queue(HostPosts.LateEvaluation), $"{Ours[..^2]}00");

        handler.SendAll();
        Assert.Equal(Ours.Split('-')[2], Assert.Single(collector.Spans, span => span.Name == "Evaluate").Parent);
    }

    [Fact]
    public async Task Which_traces_are_sent_can_be_set()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address, ("OTEL_TRACES_SAMPLER", "always_off")));

        await CallAsync(handler, "Evaluate", HostPosts.Queue(HostPosts.LateEvaluation), null);

        handler.SendAll();
        Assert.Empty(collector.Spans);
        Assert.NotEmpty(collector.Values);
    }

    [Fact]
    public async Task A_trace_that_a_message_only_pretends_to_belong_to_fails_nothing()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var handler = await RunningHandler.StartAsync(Collected(collector.Address));
        string[] forged =
        [
            "\"\"", "\"00-0-0-01\"", "\"00-00000000000000000000000000000000-0000000000000000-01\"", $"\"{Ours[..^3]}\"", $"\"{Ours}-{Ours}\"",
            $"\"{Ours.Replace('0', 'g')}\"", $"\"{new string('7', 100_000)}\"", "\"\\u0000\\r\\nCANARY: x\"", "null",
        ];
        foreach (var trace in forged)
        {
            (await CallAsync(handler, "Evaluate", HostPosts.Queue(HostPosts.LateEvaluation.Insert(1, $"\"traceParent\":{trace},")), "CANARY")).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        }

        // These are no messages of ours at all, and fail as such.
        foreach (var trace in new[] { "7", "{}", "[[]]", "true", "\"\\ud800\"" })
        {
            await CallAsync(handler, "Evaluate", HostPosts.Queue(HostPosts.LateEvaluation.Insert(1, $"\"traceParent\":{trace},")), null);
        }

        handler.SendAll();
        var spans = collector.Spans.Where(span => span.Name == "Evaluate").ToList();
        Assert.Equal(forged.Length + 5, spans.Count);
        Assert.All(spans, span => Assert.Equal("", span.Parent));
        Assert.Equal(spans.Count, spans.Select(span => span.Trace).Distinct().Count());
        Assert.DoesNotContain(handler.Log.Lines, line => line.StartsWith("Error 1003", StringComparison.Ordinal));
        Assert.All(collector.Posts, post => Assert.DoesNotContain("CANARY", Encoding.UTF8.GetString(post.Body), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task A_collector_that_refuses_fails_nothing_and_is_told_of_once(int status)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        collector.Status = status;
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Collected(collector.Address, ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=CANARY"))(services);
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Quick", (_, _) => Task.CompletedTask));
        });

        await ShouldWorkOnAsync(handler);

        Assert.NotEmpty(collector.Posts);
        Assert.DoesNotContain("CANARY", handler.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_fails_nothing_and_is_told_of_once()
    {
        await using var handler = await RunningHandler.StartAsync(services =>
        {
            Collected(new Uri($"http://127.0.0.1:{HostedProcess.FreePort()}"))(services);
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Quick", (_, _) => Task.CompletedTask));
        });

        await ShouldWorkOnAsync(handler);
    }

    /// <summary>A day of a large estate while the collector is away: what cannot be sent is dropped and not gathered.</summary>
    [Fact]
    public async Task A_collector_that_is_away_for_long_costs_no_memory()
    {
        await using var handler = await RunningHandler.StartAsync(Collected(new Uri($"http://127.0.0.1:{HostedProcess.FreePort()}")));
        using var source = new ActivitySource(CycleActivity.SourceName);
        Work(5_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Work(100_000);

        // Of all of them it is 200 MB; the queues hold 2,048 spans.
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < 20_000_000, $"{growth / 1e6:0} MB more");

        void Work(int spans)
        {
            for (var number = 0; number < spans; number++)
            {
                using var span = source.StartActivity("target");
                span?.SetTag("scalefunctions.target.id", new string('x', 1000) + number);
            }
        }
    }

    private static async Task ShouldWorkOnAsync(RunningHandler handler)
    {
        var since = Stopwatch.StartNew();
        for (var call = 0; call < 5; call++)
        {
            (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);
        }

        // At most the second of the first call; the machine may be busy.
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"{since.Elapsed} for five calls");
        var told = handler.Log.Lines.Where(line => line.Contains("Telemetry is lost", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(told);
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    private static Dictionary<string, double> Of(
        IReadOnlyDictionary<(string Metric, string Attributes), OtlpReceiver.Series> values, string metric) =>
        values.Where(each => each.Key.Metric == metric).ToDictionary(each => each.Key.Attributes, each => each.Value.Value);

    private static Action<IServiceCollection> Collected(Uri collector, params (string Name, string Value)[] more) => services =>
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(
            more.Append(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.ToString())).Append(("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"))
                .Select(each => KeyValuePair.Create<string, string?>(each.Item1, each.Item2))).Build();
        services.AddSingleton(settings).AddTelemetry(TelemetrySettings.Read(settings, isHosted: false), "worker", InvocationTelemetry.Name);
    };

    private static async Task<HostAnswer> CallAsync(RunningHandler handler, string function, string body, string? traceParent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (traceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        using var response = await handler.Client.SendAsync(request, Cancellation);
        return await HostAnswer.ReadAsync(response);
    }

    private static async Task TickAsync(RunningHandler handler, bool deliver = true)
    {
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        var queue = handler.Services.GetRequiredService<IWorkSource>();
        foreach (var work in await queue.ReceiveAsync(WorkKind.Evaluate, IWorkSource.MostReceived, TimeSpan.FromMinutes(1), Cancellation))
        {
            if (deliver)
            {
                (await handler.PostAsync("Evaluate", HostPosts.Queue(work.Body))).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
            }

            await queue.CompleteAsync(work, Cancellation);
        }
    }

    private sealed class Reports : ICycleObserver
    {
        private readonly ConcurrentQueue<TickReport> _all = [];

        public IReadOnlyList<TickReport> All => [.. _all];

        public void Observe(TickReport report) => _all.Enqueue(report);
    }
}
