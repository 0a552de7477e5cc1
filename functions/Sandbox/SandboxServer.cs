using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Events;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Time;

namespace ScaleFunctions.Sandbox;

/// <summary>
/// A simulated Azure, served over HTTPS on the loopback interface under a certificate made for this run. The real SDK
/// talks to it under Azure's real host names through <see cref="Connection"/>.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SandboxEndpoint _endpoint;
    private readonly SimulatedBudgets _budgets;

    private SandboxServer(SandboxOptions options, X509Certificate2 certificate)
    {
        Clock = new SimulatedClock(options.Start, options.Speed, options.RealTime);
        Estate = new SimulatedEstate(options.Estate, options.Behavior, Clock, Writes, options.MetricDelay);
        ActionGroups = new ActionGroupCalls(options.Estate.ActionGroups, Clock);
        var bill = new SimulatedBill(Estate, options.Billing, Clock);
        _budgets = new SimulatedBudgets(bill, ActionGroups, Clock);
        Faults.Set(options.Faults);
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        Certificate = certificate.ExportCertificatePem();
        _application = Build(options.Port, certificate);
        _endpoint = new SandboxEndpoint(
            options, Clock, Estate, Writes, Faults, Requests, bill, _budgets, Topics, _application.Lifetime.ApplicationStopping);
        _application.Run(_endpoint.HandleAsync);
    }

    public int Port { get; private set; }

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Thumbprint { get; }

    /// <summary>The certificate as PEM, without its key: for programs that trust what <c>SSL_CERT_FILE</c> names.</summary>
    public string Certificate { get; }

    public SimulatedClock Clock { get; }

    public SimulatedEstate Estate { get; }

    public WriteLog Writes { get; } = new();

    public FaultPlan Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    /// <summary>Whom budgets call, and the calls there were.</summary>
    public ActionGroupCalls ActionGroups { get; }

    /// <summary>Topics of Event Grid, and what was published to them.</summary>
    public SimulatedTopics Topics { get; } = new();

    /// <summary>How clients reach this sandbox.</summary>
    public SandboxConnection Connection => new(Port, Thumbprint);

    /// <summary>Called, and awaited, at each moment of each request to the simulated Azure.</summary>
    public Func<RequestObservation, CancellationToken, ValueTask>? Observer
    {
        get => _endpoint.Observer;
        set => _endpoint.Observer = value;
    }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var server = new SandboxServer(options, SandboxCertificate.Create(options.RealTime));
        await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
        server.Port = new Uri(server._application.Urls.First()).Port;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _budgets.Dispose();
        ActionGroups.Dispose();

        // A request that waits for simulated time must not hold up the end.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _application.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(int port, X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(certificate);
            });
        });
        return builder.Build();
    }
}
