using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Tests.Storage;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.Adapters.Tests;

/// <summary>The whole cycle over the real adapters, with its state on disk.</summary>
public abstract class CycleTest : AzureTest
{
    private readonly TemporaryDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static PolicySet Read(params string[] documents)
    {
        var policies = PolicyReader.Read([new PolicyFile("policies.yml", Encoding.UTF8.GetBytes(string.Join("\n---\n", documents)))]);
        Assert.Empty(policies.Errors);
        return policies;
    }

    protected static Task<TickReport> TickAsync(IServiceProvider services, PolicySet policies)
    {
        services.GetRequiredService<ResourceKinds>().Use(policies);
        return services.GetRequiredService<ScalingCycle>().RunAsync(policies, Cancellation);
    }

    /// <summary>Puts the ladder of the budget <c>team</c> where a look at it would have: a step that may act, in a phase.</summary>
    private protected static async Task KeepAsync(IServiceProvider services, string step, BudgetStepKind kind, BudgetPhase phase)
    {
        var states = services.GetRequiredService<BudgetStates>();
        var (record, version) = await states.ReadAsync("team", Cancellation);
        var ladder = KeptLadder.New with
        {
            Period = new SpendPeriod(new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)),
            Steps = [new KeptStep { Name = step, Phase = phase, Kind = kind, Mode = PolicyMode.Act }],
        };
        Assert.NotNull(await states.WriteAsync("team", record with { Ladder = ladder }, version, services.GetRequiredService<TimeProvider>().GetUtcNow(), Cancellation));
    }

    /// <summary>As whom Azure is asked.</summary>
    private protected virtual AzureConnection Rights(AzureConnection connection) => connection;

    protected ServiceProvider Build(PolicyMode ceiling = PolicyMode.Act)
    {
        var options = new CycleOptions { Worker = "worker", ModeCeiling = ceiling };
        return new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(Sandbox.Clock)
            .AddSqliteState(_directory.Path)
            .AddAzureAdapters(Rights(Connect().Connection), [])
            .AddSingleton(options)
            .AddSingleton(provider => new RowStore(provider.GetRequiredService<IStateStore>()))
            .AddSingleton(provider => new ActionRunner(
                provider.GetRequiredService<RowStore>(), [.. provider.GetServices<ITargetKind>()], options, Sandbox.Clock))
            .AddSingleton<PredictiveSchedules>()
            .AddSingleton<BudgetStates>()
            .AddSingleton<LeftoverMarks>()
            .AddSingleton<ScalingCycle>()
            .BuildServiceProvider();
    }
}
