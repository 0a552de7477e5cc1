using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.Adapters.Notifications;

/// <summary>
/// Posts alerts to addresses that operators set up, and to none behind the firewall: every address that a name stands for is checked,
/// and the connection goes to one of those that were, so that the name cannot come to mean another in between. Redirects are not
/// followed.
/// </summary>
internal sealed class AlertHttp : IDisposable
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly bool _mayBeThisMachine;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    public AlertHttp(TimeProvider time)
        : this(mayBeThisMachine: false, time: time)
    {
    }

    /// <summary>For tests alone: no setting leads here.</summary>
    /// <param name="mayBeThisMachine">Whether loopback is allowed, without TLS as well.</param>
    /// <param name="resolve">Names and their addresses; the system's when absent.</param>
    /// <param name="patience">How long is waited for an answer.</param>
    /// <param name="time">The time by which dates are understood.</param>
    internal AlertHttp(bool mayBeThisMachine, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, TimeSpan? patience = null, TimeProvider? time = null)
    {
        (_mayBeThisMachine, _resolve, _time) = (mayBeThisMachine, resolve ?? Dns.GetHostAddressesAsync, time ?? TimeProvider.System);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = patience ?? Usual,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = patience ?? Usual,
        };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a body, once. What comes of it tells neither the address nor the body.</summary>
    public async Task<Delivery> PostAsync(
        Uri address, byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || (address.Scheme != Uri.UriSchemeHttps && !(_mayBeThisMachine && address.IsLoopback)))
        {
            return new Delivery.Failed("the setting holds no https address", IsFinal: true);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            // The answer's body is nobody's business, and could be endless.
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return Of(response);
        }
        catch (HttpRequestException exception)
        {
            return Refusal(exception) is { } refused
                ? new Delivery.Failed(refused.Message, IsFinal: true)
                : new Delivery.Failed($"no connection: {exception.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery.Failed("no answer in time");
        }
    }

    private Delivery Of(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        < 300 => new Delivery.Done(),
        < 400 => new Delivery.Failed($"{(int)response.StatusCode}: it leads elsewhere, and redirects are not followed", IsFinal: true),
        408 or 429 or >= 500 => new Delivery.Failed($"{(int)response.StatusCode}", Wait: Wait(response.Headers)),
        _ => new Delivery.Failed($"{(int)response.StatusCode}: it was refused", IsFinal: true),
    };

    /// <summary>How long it asks to wait. A date is meant by its own clock, where it tells it.</summary>
    private TimeSpan? Wait(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => (date - (headers.Date ?? _time.GetUtcNow())) is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static RefusedDestinationException? Refusal(Exception? exception)
    {
        while (exception is not null and not RefusedDestinationException)
        {
            exception = exception.InnerException;
        }

        return exception as RefusedDestinationException;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0 || !addresses.All(MayReach))
        {
            throw new RefusedDestinationException("the address leads to a private network or to this machine; alerts go to the public internet alone");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var isConnected = false;
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            isConnected = true;
            return new NetworkStream(socket, ownsSocket: true);
        }
        finally
        {
            if (!isConnected)
            {
                socket.Dispose();
            }
        }
    }

    private bool MayReach(IPAddress address) => PublicAddress.Is(address) || (_mayBeThisMachine && IPAddress.IsLoopback(address));
}
