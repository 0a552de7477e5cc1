using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.Evaluate;

/// <summary>Evaluates one batch of a tick.</summary>
internal sealed class Endpoint(BatchCycle cycle, IPolicySource policies, IEnumerable<ICycleObserver> observers) : ITriggerFunction
{
    public string Name => "Evaluate";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var request = invocation.Read("item", CycleJson.Default.EvaluateRequest);
        var report = await cycle.EvaluateAsync(await policies.CurrentAsync(cancellationToken), request, cancellationToken);
        if (report is not null)
        {
            observers.Tell(report);
        }
    }
}
