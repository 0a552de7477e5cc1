using Azure.Storage.Queues;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Sandbox.Connections;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>Queues as the emulator has them.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class StorageQueueSignalsTests(Azurite azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_length_is_that_of_the_queue()
    {
        var queue = await QueueAsync();
        for (var message = 0; message < 3; message++)
        {
            await queue.SendMessageAsync("work", Cancellation);
        }

        Assert.Equal(3, (await ReadAsync(queue, QueueMeasure.Length)).Value);
    }

    [Fact]
    public async Task The_age_is_that_of_the_message_at_the_front()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("work", Cancellation);
        var sent = (await queue.PeekMessageAsync(Cancellation)).Value.InsertedOn!.Value;

        // The reader's clock stands 90 seconds later.
        Assert.Equal(90, (await ReadAsync(queue, QueueMeasure.Age, sent.AddSeconds(90))).Value);
        Assert.Equal(0, (await ReadAsync(queue, QueueMeasure.Age, sent.AddSeconds(-5))).Value);
    }

    [Theory]
    [InlineData(QueueMeasure.Length)]
    [InlineData(QueueMeasure.Age)]
    public async Task An_empty_queue_is_zero(QueueMeasure measure) => Assert.Equal(0, (await ReadAsync(await QueueAsync(), measure)).Value);

    [Theory]
    [InlineData(QueueMeasure.Length)]
    [InlineData(QueueMeasure.Age)]
    public async Task A_queue_that_is_not_there_has_failed(QueueMeasure measure)
    {
        var missing = new QueueClient(azurite.ConnectionString, "not-there");

        var failed = Assert.IsType<MetricSeries.Failed>(await Signals(missing, DateTimeOffset.UnixEpoch).ReadAsync(new SignalSource.Queue("account", "not-there", measure), Cancellation));
        Assert.Contains("404 QueueNotFound", failed.Reason, StringComparison.Ordinal);
    }

    private async Task<QueueClient> QueueAsync()
    {
        var queue = new QueueClient(azurite.ConnectionString, $"signal-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: Cancellation);
        return queue;
    }

    private static async Task<MetricSeries.Momentary> ReadAsync(QueueClient queue, QueueMeasure measure, DateTimeOffset? now = null) =>
        Assert.IsType<MetricSeries.Momentary>(
            await Signals(queue, now ?? DateTimeOffset.UnixEpoch).ReadAsync(new SignalSource.Queue("account", queue.Name, measure), Cancellation));

    private static StorageQueueSignals Signals(QueueClient queue, DateTimeOffset now) => new(
        new ArmPipelines(new AzureConnection
        {
            Credential = new SandboxCredential(),
            Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now),
        }),
        _ => queue);
}
