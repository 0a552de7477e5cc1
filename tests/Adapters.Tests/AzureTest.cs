using System.Collections.Concurrent;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Contract.Recording;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>
/// The real adapters against a simulated Azure over HTTPS. Every host name leads to the sandbox, so a request to a host it
/// does not have is seen, and fails the test.
/// </summary>
public abstract class AzureTest : IAsyncLifetime
{
    protected const string Subscription = "00000000-0000-4000-8000-000000000001";
    protected const string Other = "00000000-0000-4000-8000-000000000002";

    protected static readonly TargetId Web = Id("web");

    private readonly ConcurrentQueue<RequestObservation> _received = new();

    protected SandboxServer Sandbox { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All requests that arrived, in their order.</summary>
    protected IReadOnlyList<RequestObservation> Received => [.. _received];

    public async ValueTask InitializeAsync() => Sandbox = await StartAsync(Options());

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            Assert.Empty(Sandbox.Requests.Unexpected);
        }
        finally
        {
            await Sandbox.DisposeAsync();
        }
    }

    protected virtual SandboxOptions Options() => new()
    {
        Estate = new EstateSpec([Spec("web")]),
        Throttle = ThrottleLimits.None,
    };

    protected static TargetId Id(string name, string subscription = Subscription) => ScaleSetSpec.IdOf(subscription, "shop", name);

    protected static ScaleSetSpec Spec(string name, string subscription = Subscription, string region = "westeurope") => new()
    {
        Id = Id(name, subscription),
        Region = region,
        Load = new ConstantLoad(2),
        InitialCapacity = 4,
        Zones = ["1", "2", "3"],
        Tags = new Dictionary<string, string> { ["app"] = name },
    };

    internal ArmPipelines Connect(Func<AzureConnection, AzureConnection>? change = null)
    {
        var connection = new AzureConnection
        {
            Credential = new SandboxCredential(),
            Time = Sandbox.Clock,
            Transport = AzureConnection.Over(Sandbox.Connection.CreateHandler(Sandbox.Clock)),
            ReadRetryDelay = new PacedDelay(),
            Waiting = Sandbox.Clock.SpendAsync,
        };
        return new ArmPipelines(change?.Invoke(connection) ?? connection);
    }

    /// <summary>Makes matching requests meet a fault.</summary>
    protected void Fault(FaultEffect effect, string? method = null, string? target = null, int? times = null, int skip = 0) =>
        Sandbox.Faults.Add(new FaultRule { Effect = effect, Method = method, Target = target, Times = times, Skip = skip });

    protected int Count(RequestKind kind) => Received.Count(request => request.Kind == kind);

    private async Task<SandboxServer> StartAsync(SandboxOptions options)
    {
        var observe = options.Observer;
        return await SandboxServer.StartAsync(
            options with
            {
                Recorder = options.Recorder ?? ExchangeRecorder.FromEnvironment,
                Observer = async (observation, cancellationToken) =>
                {
                    if (observation.Moment == RequestMoment.Received)
                    {
                        _received.Enqueue(observation);
                    }

                    if (observe is not null)
                    {
                        await observe(observation, cancellationToken);
                    }
                },
            },
            Cancellation);
    }
}
