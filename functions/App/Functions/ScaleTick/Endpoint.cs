using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Functions.ScaleTick;

/// <summary>Begins a tick, every minute.</summary>
internal sealed class Endpoint(TickCycle cycle, IPolicySource policies) : ITriggerFunction
{
    public string Name => "ScaleTick";

    public async Task RunAsync(Invocation invocation, CancellationToken cancellationToken) =>
        await cycle.RunAsync(await policies.CurrentAsync(cancellationToken), cancellationToken);
}
