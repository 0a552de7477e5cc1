using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Connections;

/// <summary>
/// Charges a client's back-off to simulated time. A retry is the same <c>x-ms-client-request-id</c> coming again
/// after a failure; it costs the longer of the server's Retry-After and the SDK's exponential delay. Nothing is
/// charged when the client gives up. <c>Retry-After</c> stays in the answer for the client to read; the added
/// <c>retry-after-ms: 0</c>, which the SDK prefers, keeps it from also waiting in real time.
/// </summary>
internal sealed class RetryPacing(HttpMessageHandler inner, ISimulatedTime time) : DelegatingHandler(inner)
{
    private const string RequestId = "x-ms-client-request-id";
    // Cost Management says it there, and Retry-After is another's.
    private const string QuotaWait = "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after";
    private const int MaximumRemembered = 4096;

    // The SDK's defaults (RetryOptions): 0.8 s, doubling, at most a minute. Its jitter is left out for repeatability.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Failure> _failures = new();
    private readonly ConcurrentQueue<string> _order = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var id = request.Headers.TryGetValues(RequestId, out var values) ? values.FirstOrDefault() : null;
        var tries = 0;
        if (id is not null && _failures.TryRemove(id, out var failure))
        {
            tries = failure.Tries;
            await time.SpendAsync(failure.Delay, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            // Read to its end here: a connection cut in the middle of an answer is a failure as well.
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            Observe(id, tries, response);
            return response;
        }
        catch (HttpRequestException)
        {
            Remember(id, tries, TimeSpan.Zero);
            throw;
        }
    }

    private void Observe(string? id, int tries, HttpResponseMessage response)
    {
        // An unauthorized request is sent again at once, with another token: that is no back-off.
        if ((int)response.StatusCode < 400 || response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return;
        }

        var retryAfter = ReadRetryAfter(response);
        Remember(id, tries, retryAfter ?? TimeSpan.Zero);
        if (retryAfter is not null)
        {
            response.Headers.Remove("retry-after-ms");
            response.Headers.Remove("x-ms-retry-after-ms");
            response.Headers.TryAddWithoutValidation("retry-after-ms", "0");
        }
    }

    private void Remember(string? id, int tries, TimeSpan retryAfter)
    {
        if (id is null)
        {
            return;
        }

        var backOff = FirstDelay * Math.Pow(2, tries);
        backOff = backOff < LongestDelay ? backOff : LongestDelay;
        _failures[id] = new Failure(tries + 1, retryAfter > backOff ? retryAfter : backOff);
        _order.Enqueue(id);
        while (_order.Count > MaximumRemembered && _order.TryDequeue(out var oldest))
        {
            _failures.TryRemove(oldest, out _);
        }
    }

    private TimeSpan? ReadRetryAfter(HttpResponseMessage response)
    {
        foreach (var name in (string[])["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (response.Headers.TryGetValues(name, out var values)
                && int.TryParse(values.First(), CultureInfo.InvariantCulture, out var milliseconds))
            {
                return TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
            }
        }

        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.Clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        var quota = response.Headers.TryGetValues(QuotaWait, out var quotas) && int.TryParse(quotas.First(), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        wait = quota > wait || wait is null ? quota : wait;
        return wait is null || wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private readonly record struct Failure(int Tries, TimeSpan Delay);
}
