using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox.Connections;

/// <summary>
/// How a client reaches a sandbox: every host name leads to its loopback port, and only its own certificate is trusted.
/// </summary>
/// <param name="Port">Port on 127.0.0.1.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, hexadecimal.</param>
public sealed record SandboxConnection(int Port, string Thumbprint)
{
    /// <summary>A handler that reaches the sandbox under Azure's real host names and charges back-off to the given time.</summary>
    public HttpMessageHandler CreateHandler(ISimulatedTime time) =>
        new ClockReading(new RetryPacing(CreateSocketsHandler(), time), time);

    internal SocketsHttpHandler CreateSocketsHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsPinned },
    };

    private bool IsPinned(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is not null
        && string.Equals(certificate.GetCertHashString(HashAlgorithmName.SHA256), Thumbprint, StringComparison.OrdinalIgnoreCase);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
