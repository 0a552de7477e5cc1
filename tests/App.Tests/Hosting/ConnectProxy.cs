using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>An HTTP proxy that leads every CONNECT, whatever the host, to one port of this machine.</summary>
internal sealed class ConnectProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<string> _hosts = [];
    private readonly int _to;

    public ConnectProxy(int to)
    {
        _to = to;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Hosts that were asked for.</summary>
    public IReadOnlyCollection<string> Hosts => [.. _hosts.Distinct()];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient();
        try
        {
            var stream = from.GetStream();
            _hosts.Add((await ReadHeadAsync(stream)).Split(' ')[1].Split(':')[0]);
            await to.ConnectAsync(IPAddress.Loopback, _to);
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
            await Task.WhenAny(stream.CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(stream));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Either side has gone away: so has the connection.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
