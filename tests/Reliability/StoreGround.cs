using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// A simulated Azure under restless load, and a worker whose state is in a table that it reaches through a proxy only. The worker is
/// the cycle with the real adapters in this process: nothing of it can be reached but by its two connections.
/// </summary>
internal sealed class StoreGround : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>As many as the quiet of other grounds has minutes.</summary>
    private const int QuietTicks = 45;

    private readonly StirredEstate _estate = new();
    private readonly ConcurrentQueue<SentWrite> _sent = new();
    private readonly ConcurrentDictionary<StoreMoment, int> _met = new();
    private readonly PolicySet _policies = Policies();
    private readonly string _table = $"state{Guid.NewGuid():N}";
    private readonly StoreProxy _proxy;
    private readonly ServiceProvider _own;
    private readonly AzuriteProcess _azurite;
    private ServiceProvider _worker = null!;
    private SandboxServer _sandbox = null!;

    private StoreGround(AzuriteProcess azurite)
    {
        _azurite = azurite;
        _proxy = new StoreProxy(azurite.TablePort, Meet);
        _proxy.Start();
        _own = Quiet().AddTableState(azurite.ConnectionString, _table).BuildServiceProvider();
    }

    /// <summary>Asked at each moment, in any thread: whether to cut the connection there.</summary>
    public Func<StoreMoment, bool>? IsCut { get; set; }

    /// <summary>How often each moment was met.</summary>
    public IReadOnlyDictionary<StoreMoment, int> Met => _met;

    /// <summary>Writes that reached Azure's door.</summary>
    public int Sent => _sent.Count;

    public static async Task<StoreGround> StartAsync(AzuriteProcess azurite, CancellationToken cancellationToken)
    {
        var ground = new StoreGround(azurite);
        ground._sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Start = ground._estate.Start, Estate = ground._estate.Spec, Observer = ground.ObserveAsync }, cancellationToken);
        ground._worker = ground.Build();
        return ground;
    }

    /// <summary>One minute later, one tick. That the state cannot be reached may end it, and nothing else may.</summary>
    /// <returns>Whether it came to its end.</returns>
    public async Task<bool> TickAsync(CancellationToken cancellationToken)
    {
        await _sandbox.Clock.AdvanceToAsync(_sandbox.Clock.GetUtcNow() + Minute, cancellationToken);
        _worker.GetRequiredService<ResourceKinds>().Use(_policies);
        try
        {
            await _worker.GetRequiredService<ScalingCycle>().RunAsync(_policies, cancellationToken);
            return true;
        }
        catch (StateStoreException)
        {
            return false;
        }
    }

    /// <summary>Another worker in the place of this one: of what it had in memory nothing is left.</summary>
    public async Task RestartAsync()
    {
        await _worker.DisposeAsync();
        _worker = Build();
    }

    /// <summary>Ends all trouble, lets the worker settle everything, and gathers what is to be judged.</summary>
    public async Task<Evidence> SettleAsync(CancellationToken cancellationToken)
    {
        IsCut = null;
        _estate.CalmFrom(_sandbox.Clock.GetUtcNow());
        for (var tick = 0; tick < QuietTicks; tick++)
        {
            Assert.True(await TickAsync(cancellationToken), "the state could not be reached in the quiet");
        }

        return await Evidence.GatherAsync(_own.GetRequiredService<IStateStore>(), _sandbox, [.. _sent], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _own.DisposeAsync();
        await _sandbox.DisposeAsync();
        _proxy.Dispose();
    }

    private static PolicySet Policies()
    {
        var policies = PolicyReader.Read([.. Directory.EnumerateFiles(Built.Policies, "*.yml").Select(file => new PolicyFile(Path.GetFileName(file), File.ReadAllBytes(file)))]);
        Assert.Empty(policies.Errors);
        return policies;
    }

    private static IServiceCollection Quiet() => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));

    private ServiceProvider Build()
    {
        var options = new CycleOptions { Worker = "worker", ModeCeiling = PolicyMode.Act };
        return Quiet()
            .AddSingleton<TimeProvider>(_sandbox.Clock)
            .AddTableState(AzuriteProcess.ConnectionStringOver(_azurite.BlobPort, _azurite.QueuePort, _proxy.Port), _table)
            .AddAzureAdapters(
                new AzureConnection
                {
                    Credential = new SandboxCredential(),
                    Time = _sandbox.Clock,
                    Transport = AzureConnection.Over(_sandbox.Connection.CreateHandler(_sandbox.Clock)),
                    ReadRetryDelay = new PacedDelay(),
                    Waiting = _sandbox.Clock.SpendAsync,
                },
                [])
            .AddSingleton(options)
            .AddSingleton(provider => new RowStore(provider.GetRequiredService<IStateStore>()))
            .AddSingleton(provider => new ActionRunner(
                provider.GetRequiredService<RowStore>(), [.. provider.GetServices<ITargetKind>()], options, _sandbox.Clock))
            .AddSingleton<PredictiveSchedules>()
            .AddSingleton<ScalingCycle>()
            .BuildServiceProvider();
    }

    private bool Meet(StoreMoment moment)
    {
        _met.AddOrUpdate(moment, 1, (_, count) => count + 1);
        return IsCut?.Invoke(moment) ?? false;
    }

    private async ValueTask ObserveAsync(RequestObservation seen, CancellationToken cancellationToken)
    {
        if (seen is { Method: "PATCH", Moment: RequestMoment.Received })
        {
            var target = TargetId.Parse(seen.PathAndQuery.Split('?')[0]);
            _sent.Enqueue(new SentWrite(target, (await _own.GetRequiredService<IStateStore>().ReadTargetAsync(target, CancellationToken.None)).Intent));
        }
    }
}
