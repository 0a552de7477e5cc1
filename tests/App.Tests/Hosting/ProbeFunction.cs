using ScaleFunctions.App.Hosting;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A function that does what the test says.</summary>
internal sealed class ProbeFunction(string name, Func<Invocation, CancellationToken, Task> run) : ITriggerFunction
{
    public string Name => name;

    public Task RunAsync(Invocation invocation, CancellationToken cancellationToken) => run(invocation, cancellationToken);
}
