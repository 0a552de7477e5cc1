using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Storage.Emulation;

/// <summary>
/// Passes bytes between a worker and one service of the storage account, and tells of each request and each answer before it passes
/// it on. On demand it cuts the connection there: to the worker nothing tells whether the request was carried out.
/// </summary>
/// <param name="upstream">Port of the service on this machine.</param>
/// <param name="isCut">Asked at each moment, in any thread: whether to cut.</param>
internal sealed partial class StoreProxy(int upstream, Func<StoreMoment, bool> isCut) : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Start()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var end = _end.Token;
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(end), end);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task PassAsync(TcpClient worker, CancellationToken end)
    {
        using var service = new TcpClient();
        using (worker)
        {
            try
            {
                await service.ConnectAsync(IPAddress.Loopback, upstream, end);
                var connection = new Connection(worker.GetStream(), service.GetStream());
                await Task.WhenAny(RequestsAsync(connection, end), AnswersAsync(connection, end));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side is gone; closing tells the other.
            }
        }
    }

    // A client does not send a request before it has the answer to the one before, so a request begins where bytes begin.
    private async Task RequestsAsync(Connection connection, CancellationToken end)
    {
        var buffer = new byte[65536];
        while (await connection.Worker.ReadAsync(buffer, end) is > 0 and var count)
        {
            if (FirstLine().Match(Encoding.ASCII.GetString(buffer, 0, Math.Min(count, 4096))) is { Success: true } line)
            {
                connection.Request = StoreMoment.Name(line.Groups["method"].Value, line.Groups["path"].Value);
                if (isCut(new StoreMoment(connection.Request, IsAnswered: false)))
                {
                    return;
                }
            }

            await connection.Service.WriteAsync(buffer.AsMemory(0, count), end);
        }
    }

    private async Task AnswersAsync(Connection connection, CancellationToken end)
    {
        var buffer = new byte[65536];
        while (await connection.Service.ReadAsync(buffer, end) is > 0 and var count)
        {
            if (connection.Request is { } request)
            {
                connection.Request = null;
                if (isCut(new StoreMoment(request, IsAnswered: true)))
                {
                    return;
                }
            }

            await connection.Worker.WriteAsync(buffer.AsMemory(0, count), end);
        }
    }

    [GeneratedRegex(@"\A(?<method>GET|PUT|POST|DELETE|PATCH|MERGE) (?<path>\S+) HTTP/1", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FirstLine();

    private sealed class Connection(NetworkStream worker, NetworkStream service)
    {
        public NetworkStream Worker => worker;

        public NetworkStream Service => service;

        /// <summary>What is asked at the moment; absent once its answer has begun.</summary>
        public string? Request { get; set; }
    }
}
