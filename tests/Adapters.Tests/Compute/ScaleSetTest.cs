using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>A scale set <c>web</c> of four instances, and the adapter that handles it.</summary>
public abstract class ScaleSetTest : AzureTest
{
    private readonly LogLines _log = new();

    private protected IReadOnlyList<string> LogLines => _log;

    internal ScaleSetTarget Target(Func<AzureConnection, AzureConnection>? change = null)
    {
        var arm = Connect(change);
        return new ScaleSetTarget(arm, new ArmWriter(arm, _log), new ArmOperations(arm));
    }

    private protected async Task<CapacityReading.Read> ReadWebAsync() =>
        Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Web, Cancellation));

    /// <summary>A write of a goal against the resource as it is now.</summary>
    private protected async Task<CapacityWrite> PlanAsync(int goal) => new(Web, goal, (await ReadWebAsync()).ETag);
}

/// <summary>A log as its lines.</summary>
internal sealed class LogLines : List<string>, ILogger<ArmWriter>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add(formatter(state, exception));
}
