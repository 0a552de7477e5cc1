using Azure;
using Azure.Core;

namespace ScaleFunctions.Sandbox.Connections;

/// <summary>
/// SDK retries in simulated time: the SDK itself waits nothing, and the handler of
/// <see cref="SandboxConnection.CreateHandler"/> charges the wait when the retry really comes.
/// </summary>
/// <remarks>
/// The wait cannot be charged here: this method is synchronous, and without an answer it does not learn which
/// request it is for. The handler knows both, and a retry that is cancelled costs nothing.
/// </remarks>
public sealed class PacedDelay : DelayStrategy
{
    public PacedDelay()
        : base(TimeSpan.FromMinutes(1), jitterFactor: 0)
    {
    }

    protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) => TimeSpan.Zero;
}
