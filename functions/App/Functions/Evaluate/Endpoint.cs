using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.Evaluate;

/// <summary>Evaluates one batch of a tick.</summary>
internal sealed class Endpoint(BatchCycle cycle, IPolicySource policies, IEnumerable<ICycleObserver> observers, AzureTurns turns) : ITriggerFunction
{
    /// <summary>The next tick's batch comes a minute after this one; what Azure would have wait longer is left to it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public string Name => "Evaluate";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var request = invocation.Read("item", CycleJson.Default.EvaluateRequest);
        await turns.ExchangeAsync(cancellationToken);
        using var turn = turns.Begin(LongestWait);
        var report = await cycle.EvaluateAsync(await policies.CurrentAsync(cancellationToken), request, cancellationToken);
        if (report is not null)
        {
            observers.Tell(report);
        }
    }
}
