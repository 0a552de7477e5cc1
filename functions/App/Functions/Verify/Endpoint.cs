using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.Verify;

/// <summary>Looks at how an action went.</summary>
internal sealed class Endpoint(BatchCycle cycle, IEnumerable<ICycleObserver> observers, TimeProvider time) : ITriggerFunction
{
    public string Name => "Verify";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var target = invocation.Read("item", CycleJson.Default.VerifyRequest).Target
            ?? throw new InvocationFormatException("the message names no target");
        var reports = await cycle.VerifyAsync(target, cancellationToken);
        observers.Tell(new TickReport { At = time.GetUtcNow(), Targets = reports, Decisions = 0, Writes = 0 });
    }
}
