using System.Net;
using System.Net.Sockets;

namespace ScaleFunctions.Security.Tests;

/// <summary>Listens on all addresses of this machine, counts who connects, and hangs up.</summary>
internal sealed class ConnectionCounter : IDisposable
{
    private readonly TcpListener _listener = TcpListener.Create(0);
    private int _connections;

    public ConnectionCounter()
    {
        _listener.Start();
        _ = CountAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _listener.Dispose();

    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
