using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Throttling;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>
/// What a hosted app finds around it: Azure (the sandbox, reached by proxy and trusted by certificate file), a managed
/// identity, a storage account, app settings. The program itself knows of none of it being simulated.
/// </summary>
internal sealed class HostedWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scalefunctions-");
    private readonly AzuriteProcess _storage;
    private readonly ConnectProxy _proxy;

    private HostedWorld(AzuriteProcess storage, SandboxServer sandbox, IdentityEndpoint identity)
    {
        (_storage, Sandbox, Identity) = (storage, sandbox, identity);
        _proxy = new ConnectProxy(sandbox.Port);
    }

    public SandboxServer Sandbox { get; }

    public IdentityEndpoint Identity { get; }

    public IReadOnlyCollection<string> HostsAsked => _proxy.Hosts;

    /// <summary>App settings and platform variables as the host hands them on.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public static async Task<HostedWorld> StartAsync(HostedBuild build = HostedBuild.FrameworkDependent)
    {
        if (build == HostedBuild.Published)
        {
            PublishedFolder.Require();
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        var storage = await StorageEmulator.StartAsync();

        // The program's time is the system's. A quarter of an hour of load lies behind it.
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Start = TimeProvider.System.GetUtcNow().AddMinutes(-15),
                Throttle = ThrottleLimits.None,
                Estate = new EstateSpec([RunningHandler.Spec(RunningHandler.Web, 5), RunningHandler.Spec(RunningHandler.Api, 1.5)]),
                Behavior = new EstateOptions { History = TimeSpan.FromHours(1) },
            },
            cancellationToken);
        var world = new HostedWorld(storage, sandbox, await IdentityEndpoint.StartAsync());
        await world.SetAsync();
        await world.CatchUpAsync();
        return world;
    }

    /// <summary>Lets the simulated time reach the real one.</summary>
    public async Task CatchUpAsync() =>
        await Sandbox.Clock.AdvanceToAsync(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>The storage account goes away, as in an outage.</summary>
    public void EndStorage() => _storage.Dispose();

    public HostedProcess StartProcess(HostedBuild build = HostedBuild.FrameworkDependent) =>
        HostedProcess.Start(HostedProcess.FreePort(), Environment, build);

    /// <summary>Takes messages as the Functions host does, which decodes base64, and removes them.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAsync(string queue)
    {
        var client = new QueueClient(_storage.ConnectionString, queue);
        QueueMessage[] messages = await client.ReceiveMessagesAsync(32, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var message in messages)
        {
            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, TestContext.Current.CancellationToken);
        }

        return [.. messages.Select(message => Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)))];
    }

    public async ValueTask DisposeAsync()
    {
        _proxy.Dispose();
        await Identity.DisposeAsync();
        await Sandbox.DisposeAsync();
        _storage.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task SetAsync()
    {
        var policies = Path.Combine(_directory.FullName, "policies");
        var trusted = Path.Combine(_directory.FullName, "azure.pem");
        await SamplePolicies.WriteToAsync(policies);
        await File.WriteAllTextAsync(trusted, Sandbox.Certificate);

        // The host's own address, which every process it starts inherits: nothing of ours listens there.
        Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{HostedProcess.FreePort()}";
        Environment["SSL_CERT_FILE"] = trusted;
        Environment["HTTPS_PROXY"] = _proxy.Address.ToString();
        Environment["https_proxy"] = _proxy.Address.ToString();
        Environment["NO_PROXY"] = "127.0.0.1,localhost";
        Environment["no_proxy"] = "127.0.0.1,localhost";
        Environment["IDENTITY_ENDPOINT"] = Identity.Address;
        Environment["IDENTITY_HEADER"] = IdentityEndpoint.Secret;
        Environment["WorkStorage"] = _storage.ConnectionString;
        Environment["StateStorage"] = _storage.ConnectionString;
        Environment["TICK_SCHEDULE"] = "0 * * * * *";
        Environment["FORECAST_SCHEDULE"] = "0 */5 * * * *";
        Environment["RIGHTSIZE_SCHEDULE"] = "0 17 * * * *";
        Environment["COST_SCHEDULE"] = "0 */15 * * * *";
        Environment["EVALUATE_QUEUE"] = "shop-evaluate";
        Environment["VERIFY_QUEUE"] = "shop-verify";
        Environment["BUDGET_QUEUE"] = "shop-budget";
        Environment["ScaleFunctions__Mode"] = "act";
        Environment["ScaleFunctions__Policies"] = policies;
    }
}
