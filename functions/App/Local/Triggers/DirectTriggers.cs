using System.Text.Json;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>
/// Calls the functions of a tick within this process: the timer's, then those of the messages it led to, until none is visible. Nothing
/// listens meanwhile, so that nobody else on the machine can have anything done by the identity that is signed in.
/// </summary>
internal sealed class DirectTriggers(IEnumerable<ITriggerFunction> functions, IWorkSource queues, TimeProvider time)
{
    private const string Tick = "ScaleTick";
    private const string Alerts = "AlertTick";

    /// <summary>The binding that carries a message.</summary>
    private const string Item = "item";

    /// <summary>Longer than a message may take, so that it is never worked on twice at once.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>What budgets come to is known before anything is decided by it.</summary>
    private static readonly WorkKind[] Order = [WorkKind.Budget, WorkKind.Verify, WorkKind.Evaluate];

    /// <summary>Runs one tick to its end, and tells people what it led to.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        await CallAsync(Tick, body: null, cancellationToken);
        while (await DeliverAsync(cancellationToken))
        {
        }

        await CallAsync(Alerts, body: null, cancellationToken);
    }

    private async Task<bool> DeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in Order)
        {
            var received = await queues.ReceiveAsync(kind, IWorkSource.MostReceived, Lease, cancellationToken);
            foreach (var work in received)
            {
                // One that fails ends the verb; it comes again when its lease is over, or was dropped by then.
                await CallAsync($"{kind}", work.Body, cancellationToken);
                await queues.CompleteAsync(work, cancellationToken);
            }

            if (received.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private Task CallAsync(string function, string? body, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (body is not null)
        {
            data[Item] = InvocationReader.Unwrap(JsonSerializer.SerializeToElement(body, TextJson.Default.String));
        }

        return functions.First(each => each.Name == function).RunAsync(
            new Invocation(function, $"{function}-{time.GetUtcNow():O}", data, new Dictionary<string, JsonElement>()), cancellationToken);
    }
}
