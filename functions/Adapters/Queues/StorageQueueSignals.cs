using Azure;
using Azure.Storage.Queues;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;

namespace ScaleFunctions.Adapters.Queues;

/// <summary>
/// Reads storage queues themselves: Azure Monitor counts their messages once an hour. The length is an approximation of the
/// service's and includes messages that are being worked on; the age is that of the message at the front.
/// </summary>
/// <param name="arm">The way to Azure.</param>
/// <param name="open">Opens a queue elsewhere, such as in an emulator; Azure's when absent.</param>
internal sealed class StorageQueueSignals(ArmPipelines arm, Func<SignalSource.Queue, QueueClient>? open = null) : IMomentarySource
{
    public bool Reads(SignalSource source) => source is SignalSource.Queue;

    public async Task<MetricSeries> ReadAsync(SignalSource source, CancellationToken cancellationToken)
    {
        var queue = (SignalSource.Queue)source;

        // Before the request: the answer is at least as new as it says.
        var at = arm.Connection.Time.GetUtcNow();
        try
        {
            var client = open?.Invoke(queue) ?? Open(queue);
            return new MetricSeries.Momentary(
                queue.Measure == QueueMeasure.Length
                    ? await LengthAsync(client, cancellationToken).ConfigureAwait(false)
                    : await AgeAsync(client, at, cancellationToken).ConfigureAwait(false),
                at);
        }
        catch (RequestFailedException exception) when (exception.Status > 0)
        {
            return new MetricSeries.Failed(AzureFaults.OneLine($"{queue}: HTTP {exception.Status} {exception.ErrorCode}".TrimEnd()));
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return new MetricSeries.Failed(AzureFaults.OneLine($"{queue}: {AzureFaults.Describe(exception)}"));
        }
    }

    private static async Task<double> LengthAsync(QueueClient queue, CancellationToken cancellationToken) =>
        (await queue.GetPropertiesAsync(cancellationToken).ConfigureAwait(false)).Value.ApproximateMessagesCountLong;

    /// <summary>Seconds; an empty queue has nothing that waits.</summary>
    private static async Task<double> AgeAsync(QueueClient queue, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var front = (await queue.PeekMessageAsync(cancellationToken).ConfigureAwait(false)).Value;
        return front is null ? 0
            : front.InsertedOn is { } inserted ? Math.Max(0, (now - inserted).TotalSeconds)
            : double.NaN;
    }

    // The names come out of a policy, whose binding lets nothing but small letters and digits through; the guard looks again.
    private QueueClient Open(SignalSource.Queue queue) => new(
        new Uri($"https://{queue.Account}.{arm.Connection.QueueDomain}/{queue.Name}"),
        arm.Connection.Credential,
        arm.ForReads(new QueueClientOptions(), arm.Hosts.IsQueue));
}
