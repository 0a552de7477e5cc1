using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>
/// The queues of a storage account. The service counts in whole seconds: parts are rounded up, so that nothing comes early and
/// no lease ends early. A queue that is missing is made when the first message is sent to it, and is empty until then.
/// </summary>
/// <param name="service">A client of <see cref="StorageQueueClients"/>.</param>
/// <param name="names">What the queues are called.</param>
/// <param name="time">Real time: the service has its own clock, and ours only keeps a message from being hidden beyond its end.</param>
/// <param name="logger">For what is wrong with single messages.</param>
internal sealed class StorageWorkQueue(
    QueueServiceClient service, WorkQueueNames names, TimeProvider time, ILogger<StorageWorkQueue> logger) : IWorkQueue, IWorkSource
{
    // Between the two calls that move a message: longer than the SDK keeps trying the second.
    private static readonly TimeSpan MoveLease = TimeSpan.FromMinutes(3);

    // A queue's default; the Functions host keeps poisoned messages as long.
    private static readonly TimeSpan PoisonLife = TimeSpan.FromDays(7);

    public Task SendAsync(WorkMessage message, CancellationToken cancellationToken)
    {
        var visibleAfter = WholeSeconds(message.VisibleAfter);
        var expiresAfter = WholeSeconds(message.ExpiresAfter);
        var second = TimeSpan.FromSeconds(1);
        return AddAsync(
            names.Of(message.Kind),
            StorageMessageText.Encode(message.Body),
            visibleAfter,
            expiresAfter > visibleAfter ? expiresAfter : visibleAfter + second, // Rounding made them equal, which is refused.
            cancellationToken);
    }

    public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        WorkKind kind, int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        WorkLimits.RequireReceive(most, lease);
        var messages = await CallAsync(
            names.Of(kind),
            queue => WhenMissing(
                async () => (await queue.ReceiveMessagesAsync(most, WholeSeconds(lease), cancellationToken).ConfigureAwait(false)).Value, []),
            cancellationToken).ConfigureAwait(false);

        var received = new List<ReceivedWork>(messages.Length);
        foreach (var message in messages)
        {
            if (StorageMessageText.TryDecode(message.MessageText, out var body))
            {
                received.Add(Read(kind, message, body));
            }
            else
            {
                await SetAsideAsync(Read(kind, message, ""), message.MessageText, cancellationToken).ConfigureAwait(false);
            }
        }

        return received;
    }

    public Task<WorkSettlement> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) => SettleAsync(
        work.Kind, queue => queue.DeleteMessageAsync(work.Id, work.PopReceipt, cancellationToken), cancellationToken);

    public Task<WorkSettlement> AbandonAsync(ReceivedWork work, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        WorkLimits.RequireAbandon(visibleAfter);

        // The service refuses to hide a message beyond its end.
        var delay = WholeSeconds(visibleAfter);
        return time.GetUtcNow() + delay >= work.ExpiresAt
            ? CompleteAsync(work, cancellationToken)
            : SettleAsync(work.Kind, queue => HideAsync(queue, work, delay, cancellationToken), cancellationToken);
    }

    public Task<WorkSettlement> PoisonAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        MoveAsync(work, StorageMessageText.Encode(work.Body), cancellationToken);

    public Task<int> CountAsync(WorkKind kind, CancellationToken cancellationToken) => CountAsync(names.Of(kind), cancellationToken);

    public Task<int> CountPoisonAsync(WorkKind kind, CancellationToken cancellationToken) =>
        CountAsync(names.PoisonOf(kind), cancellationToken);

    private static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));

    private static ReceivedWork Read(WorkKind kind, QueueMessage message, string body) => new(
        kind,
        message.MessageId,
        body,
        (int)message.DequeueCount,
        message.InsertedOn ?? DateTimeOffset.MinValue,
        message.ExpiresOn ?? DateTimeOffset.MaxValue,
        message.NextVisibleOn ?? DateTimeOffset.MinValue,
        message.PopReceipt);

    private static async Task<UpdateReceipt> HideAsync(
        QueueClient queue, ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken) =>
        await queue.UpdateMessageAsync(work.Id, work.PopReceipt, visibilityTimeout: delay, cancellationToken: cancellationToken).ConfigureAwait(false);

    private static async Task<T> WhenMissing<T>(Func<Task<T>> call, T answer)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException exception) when (StorageQueueFaults.IsQueueMissing(exception))
        {
            return answer;
        }
    }

    /// <summary>Poisons a message nobody can read. If that fails it comes again; what was received with it is not held up.</summary>
    private async Task SetAsideAsync(ReceivedWork work, string text, CancellationToken cancellationToken)
    {
        Log.NotReadable(logger, work.Id, names.Of(work.Kind), names.PoisonOf(work.Kind));
        try
        {
            await MoveAsync(work, text, cancellationToken).ConfigureAwait(false);
        }
        catch (WorkQueueException exception)
        {
            Log.NotSetAside(logger, exception, work.Id, names.Of(work.Kind));
        }
    }

    /// <summary>
    /// Renews the lease first: a message that somebody else has by now is not moved, and nobody gets it while it is. After that
    /// the copy comes before the deletion, so that a crash between the two leaves it twice and never loses it.
    /// </summary>
    private async Task<WorkSettlement> MoveAsync(ReceivedWork work, string text, CancellationToken cancellationToken)
    {
        var renewed = work;
        var lease = WholeSeconds(TimeSpan.FromTicks(Math.Clamp((work.ExpiresAt - time.GetUtcNow()).Ticks - TimeSpan.TicksPerSecond, 0, MoveLease.Ticks)));
        var settlement = await SettleAsync(
            work.Kind,
            async queue => renewed = work with { PopReceipt = (await HideAsync(queue, work, lease, cancellationToken).ConfigureAwait(false)).PopReceipt },
            cancellationToken).ConfigureAwait(false);
        if (settlement is WorkSettlement.ReceiptLost)
        {
            return settlement;
        }

        await AddAsync(names.PoisonOf(work.Kind), text, TimeSpan.Zero, PoisonLife, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(renewed, cancellationToken).ConfigureAwait(false);
        return WorkSettlement.Done;
    }

    private Task<SendReceipt> AddAsync(
        string name, string text, TimeSpan visibleAfter, TimeSpan expiresAfter, CancellationToken cancellationToken)
    {
        return CallAsync(name, SendOrCreateAsync, cancellationToken);

        async Task<SendReceipt> SendOrCreateAsync(QueueClient queue)
        {
            try
            {
                return await queue.SendMessageAsync(text, visibleAfter, expiresAfter, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException exception) when (StorageQueueFaults.IsQueueMissing(exception))
            {
                await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                return await queue.SendMessageAsync(text, visibleAfter, expiresAfter, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<WorkSettlement> SettleAsync(WorkKind kind, Func<QueueClient, Task> settle, CancellationToken cancellationToken) =>
        CallAsync(
            names.Of(kind),
            async queue =>
            {
                try
                {
                    await settle(queue).ConfigureAwait(false);
                    return WorkSettlement.Done;
                }
                catch (RequestFailedException exception) when (StorageQueueFaults.IsReceiptLost(exception))
                {
                    return WorkSettlement.ReceiptLost;
                }
            },
            cancellationToken);

    private Task<int> CountAsync(string name, CancellationToken cancellationToken) => CallAsync(
        name,
        queue => WhenMissing(
            async () => (await queue.GetPropertiesAsync(cancellationToken).ConfigureAwait(false)).Value.ApproximateMessagesCount, 0),
        cancellationToken);

    private async Task<T> CallAsync<T>(string name, Func<QueueClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(service.GetQueueClient(name)).ConfigureAwait(false);
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            throw StorageQueueFaults.Explain(exception, name);
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, string, string, string, Exception?> NotReadableMessage = LoggerMessage.Define<string, string, string>(
            LogLevel.Warning, new EventId(3101, nameof(NotReadable)), "Message {Id} in queue {Queue} is not base64 of UTF-8 text; it goes to {Poison}");

        private static readonly Action<ILogger, string, string, Exception?> NotSetAsideMessage = LoggerMessage.Define<string, string>(
            LogLevel.Warning, new EventId(3102, nameof(NotSetAside)), "Message {Id} in queue {Queue} could not be set aside; it will be tried again");

        public static void NotReadable(ILogger logger, string id, string queue, string poison) => NotReadableMessage(logger, id, queue, poison, null);

        public static void NotSetAside(ILogger logger, Exception exception, string id, string queue) => NotSetAsideMessage(logger, id, queue, exception);
    }
}
