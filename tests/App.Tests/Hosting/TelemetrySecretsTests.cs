using System.Net;
using System.Text;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The built program with a secret in every place that has one, and everything that leaves it: to a collector, and printed.</summary>
public sealed class TelemetrySecretsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_in_what_a_collector_gets_or_the_program_prints()
    {
        await using var world = await HostedWorld.StartAsync();
        await using var collector = await OtlpReceiver.StartAsync();
        world.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString();
        world.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        world.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "api-key=CANARY-collector";
        world.Sandbox.Faults.Add(new FaultRule { Effect = new AnswerWith(403, "AuthorizationFailed"), Method = "PATCH" });
        await using var process = world.StartProcess();
        await process.ReadyAsync();

        (await process.PostAsync("ScaleTick", HostPosts.TimerTriedAgain)).ShouldBe(HttpStatusCode.OK, process.Log);
        foreach (var message in await world.ReceiveAsync("shop-evaluate"))
        {
            (await process.PostAsync("Evaluate", HostPosts.Queue(message))).ShouldBe(HttpStatusCode.OK, process.Log);
        }

        foreach (var body in new[] { HostPosts.HttpWithKeys, HostPosts.EventGrid, HostPosts.Queue("CANARY-text"), """{"Data":{"item":"CANARY-half""" })
        {
            foreach (var function in new[] { "ScaleTick", "Evaluate", "Verify", "ResourceEvent" })
            {
                await process.PostAsync(function, body);
            }
        }

        foreach (var (method, path) in new[]
        {
            (HttpMethod.Get, "api/v1/targets?code=CANARY-query"), (HttpMethod.Get, "api/v1/CANARY?sig=CANARY-signature"),
            (HttpMethod.Post, "api/v1/evaluate?code=CANARY-query"), (HttpMethod.Post, "api/v1/pause/web?code=CANARY-query"), (HttpMethod.Get, "healthz?code=CANARY-query"),
        })
        {
            using var call = new HttpRequestMessage(method, path);
            call.Headers.Add("x-functions-key", "CANARY-function-key");
            call.Headers.Add("Authorization", "Bearer CANARY-token");
            call.Headers.Add("Idempotency-Key", "CANARY-key");
            call.Content = method == HttpMethod.Post ? new StringContent("""{"by":"CANARY-person","reason":"CANARY-reason","token":"CANARY"}""") : null;
            using var answer = await process.Client.SendAsync(call, Cancellation);
        }

        (await process.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, process.Log);

        // Its end sends what a busy machine left.
        await process.TerminateAsync();
        await process.EndAsync();

        string[] secrets =
        [
            "CANARY", IdentityEndpoint.Secret, "Bearer", "AccountKey", "sig=", KeyOf(world.Environment["WorkStorage"]!), KeyOf(world.Environment["StateStorage"]!),
        ];
        Assert.Contains(collector.Spans, span => span.Name == "batch");
        Assert.NotEmpty(collector.Logs);
        Assert.NotEmpty(collector.Values);
        Assert.All(secrets, secret =>
        {
            Assert.All(collector.Posts, post => Assert.DoesNotContain(secret, Encoding.UTF8.GetString(post.Body), StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(secret, process.Log, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static string KeyOf(string connection) => connection.Split(';').First(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];
}
