using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>The functions and the API on a port of their own, on the real adapters over a simulated Azure, state and queues on disk.</summary>
internal sealed class RunningHandler : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static readonly TargetId Web = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", "web");
    public static readonly TargetId Api = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", "api");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scalefunctions-");
    private readonly CapturedLog _log = new();
    private readonly HttpMessageHandler _azure;
    private WebApplication _app = null!;
    private Action<IServiceCollection>? _change;

    private RunningHandler(SandboxServer sandbox) => (Sandbox, _azure) = (sandbox, sandbox.Connection.CreateHandler(sandbox.Clock));

    public SandboxServer Sandbox { get; }

    public HttpClient Client { get; private set; } = null!;

    public CapturedLog Log => _log;

    public IServiceProvider Services => _app.Services;

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it. Two scale sets, <c>web</c> with more load than its two instances carry, <c>api</c> at rest.</summary>
    public static Task<RunningHandler> StartAsync(Action<IServiceCollection>? change = null, params IReadOnlyList<ScaleSetSpec> more) =>
        StartAsync(TimeSpan.FromHours(1), change, more);

    /// <summary>With metrics of a longer past.</summary>
    public static Task<RunningHandler> StartAsync(TimeSpan history, Action<IServiceCollection>? change, params IReadOnlyList<ScaleSetSpec> more) => StartAsync(
        new SandboxOptions { Start = Start, Estate = new EstateSpec([Spec(Web, 5), Spec(Api, 1.5), .. more]), Behavior = new EstateOptions { History = history } }, change);

    /// <summary>With a simulated Azure of its own.</summary>
    public static async Task<RunningHandler> StartAsync(SandboxOptions options, Action<IServiceCollection>? change)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var sandbox = await SandboxServer.StartAsync(options with { Throttle = ThrottleLimits.None }, cancellationToken);
        var handler = new RunningHandler(sandbox);
        handler._change = change;
        await handler.ListenAsync(cancellationToken);
        return handler;
    }

    public static ScaleSetSpec Spec(TargetId id, double demand) => new()
    {
        Id = id,
        Load = new ConstantLoad(demand),
        InitialCapacity = 2,
        Tags = new Dictionary<string, string> { ["app"] = "shop" },
    };

    /// <summary>Another process in the place of this one: of what it had in memory nothing is left, of what it had stored all.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await ListenAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Posts as the Functions host does: in chunks, without a length.</summary>
    public async Task<HostAnswer> PostAsync(string function, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-Azure-Functions-InvocationId", "8418f3ce-77a6-49b5-8ba4-b455c6912277");
        request.Headers.TransferEncodingChunked = true;
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await HostAnswer.ReadAsync(response);
    }

    public Task<HostAnswer> PostAsync(string function, string body) => PostAsync(function, Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        _azure.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var policies = Path.Combine(_directory.FullName, "policies");
        await SamplePolicies.WriteToAsync(policies);
        var builder = FunctionApp.CreateBuilder(port: 0);
        builder.Logging.AddProvider(_log);
        builder.Services
            .AddSingleton<TimeProvider>(Sandbox.Clock)
            .AddSqliteState(_directory.FullName)
            .AddSqliteWorkQueue(_directory.FullName)
            .AddAzureAdapters(
                new AzureConnection
                {
                    Credential = new SandboxCredential(),
                    Time = Sandbox.Clock,
                    Transport = AzureConnection.Over(_azure),
                    ReadRetryDelay = new PacedDelay(),
                    Waiting = Sandbox.Clock.SpendAsync,
                },
                [])
            .AddScaling(new CycleOptions { Worker = "worker", ModeCeiling = PolicyMode.Act })
            .AddSingleton<IPolicySource>(provider => new PolicyWatch(
                policies, PolicyDirectory.Read(policies), provider.GetRequiredService<RowStore>(), provider.GetRequiredService<ResourceKinds>(),
                Sandbox.Clock, _ => { }))
            .AddFunctions();
        _change?.Invoke(builder.Services);
        _app = builder.Build();
        await _app.StartAsync(0, advice: "", cancellationToken);
        Address = new Uri(_app.Urls.First());

        // A call that hangs is a failure: far longer than any of them takes.
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }
}

/// <summary>What the Functions host gets to see.</summary>
internal sealed record HostAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    public static async Task<HostAnswer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Anything but a JSON object makes the host hang or restart the process.</summary>
    public HostAnswer ShouldBeWellFormed(string because = "")
    {
        Assert.True(MediaType == "application/json", $"{because}: {Status} came as {MediaType}");
        using var document = JsonDocument.Parse(Body);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        return this;
    }

    public void ShouldBe(HttpStatusCode status, string because = "")
    {
        ShouldBeWellFormed(because);
        Assert.True(Status == status, $"{because}: {Status} instead of {status}");
    }
}
