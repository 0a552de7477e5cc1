using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>What the service's refusals and silence become.</summary>
public sealed class StorageQueueFaultsTests
{
    private static readonly WorkMessage Message = new(WorkKind.Evaluate, "{}", TimeSpan.Zero, TimeSpan.FromHours(1));
    private static readonly ReceivedWork Work = new(
        WorkKind.Evaluate, "1", "{}", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, "r");

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch", 1)]
    [InlineData(HttpStatusCode.Conflict, "QueueBeingDeleted", 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServerBusy", 3)]
    public async Task A_refusal_names_the_queue_and_the_code_at_every_call(HttpStatusCode status, string code, int tries)
    {
        var queue = Connect(() => Refuse(status, code));
        Func<Task>[] calls =
        [
            () => queue.SendAsync(Message, Cancellation),
            () => queue.ReceiveAsync(WorkKind.Evaluate, 1, TimeSpan.FromMinutes(1), Cancellation),
            () => queue.CompleteAsync(Work, Cancellation),
            () => queue.AbandonAsync(Work, TimeSpan.Zero, Cancellation),
            () => queue.PoisonAsync(Work, Cancellation),
            () => queue.CountAsync(WorkKind.Evaluate, Cancellation),
        ];

        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<WorkQueueException>(call);
            Assert.Equal($"The storage queue evaluate failed: status {(int)status}, {code}.", exception.Message);
        }

        Assert.Equal(calls.Length * tries, _requests.Count);
    }

    [Fact]
    public async Task No_connection_is_a_fault_of_the_queue()
    {
        var queue = Connect(() => throw new HttpRequestException("connection refused"));

        Assert.Contains("connection refused", (await Assert.ThrowsAsync<WorkQueueException>(() => queue.SendAsync(Message, Cancellation))).Message);
    }

    [Fact]
    public async Task A_poisoned_message_is_not_deleted_before_its_copy_is_there()
    {
        var queue = Connect(() => _requests.Last().StartsWith("PUT", StringComparison.Ordinal) ? Renewed() : Refuse(HttpStatusCode.Forbidden, "no"));

        Assert.Contains("evaluate-poison", (await Assert.ThrowsAsync<WorkQueueException>(() => queue.PoisonAsync(Work, Cancellation))).Message);
        Assert.Equal(["PUT /evaluate/messages/1", "POST /evaluate-poison/messages"], _requests);
    }

    // The emulator does not enforce this rule of the service: https://learn.microsoft.com/rest/api/storageservices/update-message
    [Theory]
    [InlineData(100, 99, "PUT 99")]
    [InlineData(100, 98.5, "PUT 99")]
    [InlineData(100, 100, "DELETE")]
    [InlineData(100, 99.5, "DELETE")]
    public async Task A_message_is_never_hidden_beyond_its_end(int life, double visibleAfter, string request)
    {
        var requests = new ConcurrentQueue<string>();
        var queue = Connect(Renewed, message => requests.Enqueue($"{message.Method} {Hidden(message)}".TrimEnd()));

        var settlement = await queue.AbandonAsync(
            Work with { ExpiresAt = _time.GetUtcNow().AddSeconds(life) }, TimeSpan.FromSeconds(visibleAfter), Cancellation);

        Assert.Equal(WorkSettlement.Done, settlement);
        Assert.Equal([request], requests);
    }

    [Theory]
    [InlineData(3600, 180)]
    [InlineData(100, 99)]
    [InlineData(0.5, 0)]
    [InlineData(-5, 0)]
    public async Task A_message_is_held_while_it_moves_and_never_beyond_its_end(double life, int seconds)
    {
        var hidden = new ConcurrentQueue<string?>();
        var queue = Connect(() => Refuse(HttpStatusCode.NotFound, "MessageNotFound"), message => hidden.Enqueue(Hidden(message)));

        await queue.PoisonAsync(Work with { ExpiresAt = _time.GetUtcNow().AddSeconds(life) }, Cancellation);

        Assert.Equal([$"{seconds}"], hidden);
    }

    [Fact]
    public async Task A_credential_is_sent_as_a_token_to_the_account_over_tls()
    {
        var authorizations = new ConcurrentQueue<string?>();
        var queue = Connect(
            () => Refuse(HttpStatusCode.Forbidden, "no"),
            request => authorizations.Enqueue($"{request.RequestUri!.GetLeftPart(UriPartial.Authority)} {request.Headers.Authorization?.Scheme}"));
        await Assert.ThrowsAsync<WorkQueueException>(() => queue.SendAsync(Message, Cancellation));

        Assert.Equal(["https://account.queue.core.windows.net Bearer"], authorizations);
    }

    private StorageWorkQueue Connect(Func<HttpResponseMessage> answer, Action<HttpRequestMessage>? observe = null)
    {
        var options = StorageQueueClients.Options();
        options.Transport = AzureConnection.Over(new Handler(request =>
        {
            _requests.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath}");
            observe?.Invoke(request);
            return answer();
        }));
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        var service = new QueueServiceClient(new Uri("https://account.queue.core.windows.net"), new SandboxCredential(), options);
        return new StorageWorkQueue(service, WorkQueueNames.Default, _time, NullLogger<StorageWorkQueue>.Instance);
    }

    private static string? Hidden(HttpRequestMessage request) => HttpUtility.ParseQueryString(request.RequestUri!.Query)["visibilitytimeout"];

    private static HttpResponseMessage Refuse(HttpStatusCode status, string code)
    {
        var error = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>For people.</Message></Error>";
        return new HttpResponseMessage(status) { Content = new StringContent(error, Encoding.UTF8, "application/xml") };
    }

    private static HttpResponseMessage Renewed()
    {
        var response = new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new StringContent("") };
        response.Headers.Add("x-ms-popreceipt", "r2");
        response.Headers.Add("x-ms-time-next-visible", "Mon, 23 Nov 2026 18:00:00 GMT");
        return response;
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Task.FromResult(answer(request));
            }
            catch (HttpRequestException exception)
            {
                return Task.FromException<HttpResponseMessage>(exception);
            }
        }
    }
}
