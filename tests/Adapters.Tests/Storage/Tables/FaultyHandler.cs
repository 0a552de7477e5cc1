using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

/// <summary>Leads requests to the emulator and does to them what the test says.</summary>
internal sealed class FaultyHandler(Func<HttpRequestMessage, Task<TableFault>> choose) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private readonly ConcurrentBag<Task> _late = [];
    private readonly ConcurrentQueue<string> _requests = new();

    public FaultyHandler()
        : this(_ => Task.FromResult(TableFault.None))
    {
    }

    /// <summary>Every request that was to be sent, repeated ones too.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static bool IsWrite(HttpRequestMessage request) => request.Method != HttpMethod.Get;

    public static bool IsFeedInsert(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post && request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken).Result.Contains("\"PartitionKey\":\"feed\"", StringComparison.Ordinal);

    /// <summary>Every third write meets one of the faults, in an order that the seed decides.</summary>
    /// <param name="seed">Of the order.</param>
    /// <param name="spares">Whether the write after one that met a fault is spared, so that trying again always helps.</param>
    public static FaultyHandler Sometimes(int seed, bool spares = false)
    {
        var random = new Random(seed);
        var faults = Enum.GetValues<TableFault>();
        var met = new HashSet<string>();
        return new FaultyHandler(request =>
        {
            lock (random)
            {
                // A write that is tried again has the id of the first try.
                var id = request.Headers.TryGetValues("x-ms-client-request-id", out var values) ? values.First() : "";
                return Task.FromResult(IsWrite(request) && random.Next(3) == 0 && (!spares || met.Add(id)) ? faults[random.Next(faults.Length)] : TableFault.None);
            }
        });
    }

    /// <summary>Waits for the requests that were held back.</summary>
    public Task SettleAsync() => Task.WhenAll(_late);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}");
        var again = await CopyAsync(request);
        switch (await choose(request))
        {
            case TableFault.None:
                return await base.SendAsync(request, cancellationToken);
            case TableFault.Unsent:
                throw new HttpRequestException("the connection broke");
            case TableFault.LostAnswer:
                (await base.SendAsync(request, cancellationToken)).Dispose();
                throw new HttpRequestException("the connection broke");
            case TableFault.Late:
                _late.Add(SendLaterAsync(again));
                throw new HttpRequestException("the connection broke");
            case TableFault.Duplicate:
                var first = await base.SendAsync(request, cancellationToken);
                (await base.SendAsync(again, cancellationToken)).Dispose();
                return first;
            case TableFault.DuplicateSecondAnswer:
                (await base.SendAsync(again, cancellationToken)).Dispose();
                return await base.SendAsync(request, cancellationToken);
            case TableFault.ServerErrorAfterLanding:
                (await base.SendAsync(request, cancellationToken)).Dispose();
                return Refuse(HttpStatusCode.InternalServerError, "InternalError");
            case TableFault.ServerError:
                return Refuse(HttpStatusCode.InternalServerError, "InternalError");
            case TableFault.Busy:
                return Refuse(HttpStatusCode.ServiceUnavailable, "ServerBusy");
            default:
                throw new InvalidOperationException("no such fault");
        }
    }

    public static HttpResponseMessage Refuse(HttpStatusCode status, string code)
    {
        var error = $$"""{ "odata.error": { "code": "{{code}}", "message": { "lang": "en-US", "value": "For people." } } }""";
        var response = new HttpResponseMessage(status) { Content = new StringContent(error, Encoding.UTF8, "application/json") };
        response.Headers.Add("x-ms-error-code", code);
        return response;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync();
            copy.Content = new ByteArrayContent(await request.Content.ReadAsByteArrayAsync());
            foreach (var header in request.Content.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return copy;
    }

    private async Task SendLaterAsync(HttpRequestMessage request)
    {
        await Task.Delay(20, CancellationToken.None);
        (await base.SendAsync(request, CancellationToken.None)).Dispose();
    }
}
