using System.Text.Json;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Local.Triggers;

/// <summary>
/// Calls the functions of a tick within this process: the timer's, then those of the messages it led to, until none is visible. Nothing
/// listens meanwhile, so that nobody else on the machine can have anything done by the identity that is signed in. A message that fails
/// keeps no other one from being delivered; it comes again with the next tick.
/// </summary>
internal sealed class DirectTriggers(IEnumerable<ITriggerFunction> functions, IWorkSource queues, AzureTurns turns, TimeProvider time)
{
    private const string Tick = "ScaleTick";
    private const string Alerts = "AlertTick";

    /// <summary>The binding that carries a message.</summary>
    private const string Item = "item";

    /// <summary>All budgets of a tick together: the batches of the same tick wait meanwhile, and are dropped after 90 seconds.</summary>
    private static readonly TimeSpan LongestForBudgets = TimeSpan.FromSeconds(30);

    private readonly List<FailedWork> _failed = [];
    private readonly List<(ReceivedWork Work, bool IsLater)> _open = [];

    /// <summary>Runs one tick to its end, and tells people what it led to.</summary>
    /// <returns>What of it was not done.</returns>
    public async Task<IReadOnlyList<FailedWork>> TickAsync(CancellationToken cancellationToken)
    {
        _failed.Clear();
        await CallAsync(Tick, body: null, cancellationToken);

        // What budgets come to is known before anything is decided by it.
        using (turns.Begin(LongestForBudgets))
        using (turns.BeginWork(LongestForBudgets))
        {
            while (await DeliverAsync(WorkKind.Budget, cancellationToken))
            {
            }
        }

        while (await DeliverAsync(WorkKind.Verify, cancellationToken) || await DeliverAsync(WorkKind.Evaluate, cancellationToken))
        {
        }

        await GiveBackAsync(cancellationToken);
        if (await FaultAsync(Alerts, body: null, cancellationToken) is { } fault)
        {
            _failed.Add(new FailedWork(Alerts, $"{fault}; alerts wait for the next tick", IsLater: false));
        }

        return [.. _failed];
    }

    /// <returns>Whether there were any.</returns>
    private async Task<bool> DeliverAsync(WorkKind kind, CancellationToken cancellationToken)
    {
        var received = await queues.ReceiveAsync(kind, IWorkSource.MostReceived, WorkDelivery.Lease, cancellationToken);
        foreach (var work in received)
        {
            // Its lease keeps one that failed from being delivered again in this tick.
            var fault = turns.IsOver ? "there was no time left for it" : await FaultAsync($"{kind}", work.Body, cancellationToken);
            if (fault is null)
            {
                await queues.SettleAsync(work, isDone: true, cancellationToken);
                continue;
            }

            var isLater = turns.IsOver;
            _open.Add((work, isLater));
            _failed.Add(new FailedWork(
                $"{kind}",
                !isLater && WorkDelivery.IsLast(work)
                    ? $"{fault}; delivered {work.DequeueCount} times, it is put aside"
                    : $"{fault}; it comes again with the next tick",
                isLater));
        }

        return received.Count > 0;
    }

    /// <summary>What failed is for the next tick; what only had no time is never put aside.</summary>
    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        foreach (var (work, isLater) in _open)
        {
            await (isLater ? queues.AbandonAsync(work, TimeSpan.Zero, cancellationToken) : queues.SettleAsync(work, isDone: false, cancellationToken));
        }

        _open.Clear();
    }

    /// <returns>Why it failed; nothing when it did not.</returns>
    private async Task<string?> FaultAsync(string function, string? body, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(function, body, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // As the Functions host does it: whatever it is, the call failed, and the others go on.
            Verbosity.Note($"{function} failed: {exception}");
            return exception.Message;
        }
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
