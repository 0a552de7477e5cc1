using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Calls of the program as the Functions host and whoever has a key make them, many at a time. What is not answered because the
/// process died is sent again, as Event Grid and a careful caller do.
/// </summary>
internal sealed class StormCalls(StormWorker worker) : IDisposable
{
    private const int AtOnce = 64;

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { Timeout = TimeSpan.FromSeconds(100) };
    private readonly ConcurrentQueue<double> _milliseconds = [];
    private int _unanswered;

    /// <summary>Calls whose process died before the answer.</summary>
    public int Unanswered => _unanswered;

    public int Answered => _milliseconds.Count;

    /// <summary>Time of an answer, in milliseconds.</summary>
    /// <param name="share">Of the answers that came as fast.</param>
    public double Within(double share) => _milliseconds.Order().ElementAt(Math.Min(_milliseconds.Count - 1, (int)(share * _milliseconds.Count)));

    /// <summary>Makes all calls, 64 at a time, in an order of their own.</summary>
    public static Task AllAsync(IEnumerable<Func<Task>> calls, Random order, CancellationToken cancellationToken)
    {
        var all = calls.ToArray();
        order.Shuffle(all);
        return Parallel.ForEachAsync(
            all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (call, _) => await call());
    }

    /// <summary>Delivers an event until it is taken.</summary>
    public async Task DeliverAsync(string body, CancellationToken cancellationToken)
    {
        var (status, text) = await SendAsync(() => Event(body), cancellationToken);
        Assert.True(status == HttpStatusCode.OK, $"an event was answered {status}: {text}\n{worker.Told}");
    }

    /// <summary>Delivers something once, and says what came of it.</summary>
    public async Task<HttpStatusCode> TryAsync(string body, CancellationToken cancellationToken) => (await SendAsync(() => Event(body), cancellationToken)).Status;

    /// <summary>Calls the API.</summary>
    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string key, string body, CancellationToken cancellationToken) => SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        },
        cancellationToken);

    public void Dispose() => _client.Dispose();

    /// <summary>A change of a resource as Event Grid tells of it, in the body that the Functions host makes of it.</summary>
    public static string Change(string id, TargetId target, DateTimeOffset at) => Wrap(new JsonObject
    {
        ["id"] = id,
        ["topic"] = $"/subscriptions/{target.Subscription}",
        ["subject"] = target.Value,
        ["eventType"] = "Microsoft.Resources.ResourceWriteSuccess",
        ["eventTime"] = at.ToString("O"),
        ["data"] = new JsonObject
        {
            ["resourceUri"] = target.Value,
            ["operationName"] = "Microsoft.Compute/virtualMachineScaleSets/write",
            ["status"] = "Succeeded",
            ["correlationId"] = id,
            ["claims"] = new JsonObject { ["name"] = "somebody" },
        },
        ["dataVersion"] = "2",
        ["metadataVersion"] = "1",
    });

    public static string Wrap(JsonNode told) => new JsonObject
    {
        ["Data"] = new JsonObject { ["event"] = told },
        ["Metadata"] = new JsonObject { ["sys"] = new JsonObject { ["MethodName"] = "ResourceEvent" } },
    }.ToJsonString();

    private static HttpRequestMessage Event(string body)
    {
        // In chunks, without a length, as the Functions host sends.
        var request = new HttpRequestMessage(HttpMethod.Post, "ResourceEvent") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.TransferEncodingChunked = true;
        return request;
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            using var request = make();
            request.RequestUri = new Uri(await worker.AddressAsync(cancellationToken), request.RequestUri!);
            try
            {
                using var response = await _client.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                _milliseconds.Enqueue(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                return (response.StatusCode, body);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _unanswered);
                await Task.Delay(20, cancellationToken);
            }
        }
    }
}
