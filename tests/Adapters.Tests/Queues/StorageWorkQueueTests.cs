using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.Adapters.Queues;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>Against the emulator, whose clock is real: time is waited for by looking, up to a deadline that only a failure reaches.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class StorageWorkQueueTests(Azurite azurite) : WorkQueueContract
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WorkQueueNames _names = Names();

    protected override (IWorkQueue Queue, IWorkSource Source) Open()
    {
        var queue = new StorageWorkQueue(
            StorageQueueClients.Create(azurite.ConnectionString), _names, TimeProvider.System, NullLogger<StorageWorkQueue>.Instance);
        return (queue, queue);
    }

    // The emulator keeps whole seconds: what was sent in the last part of one is due in the second after.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + Second, Cancellation);

    protected override async Task<ReceivedWork> ReceiveAfterAsync(IWorkSource source, WorkKind kind, TimeSpan passed)
    {
        var until = DateTimeOffset.UtcNow + Deadline;
        while (DateTimeOffset.UtcNow < until)
        {
            if (await ReceiveAsync(source, kind) is [var work])
            {
                Assert.True(DateTimeOffset.UtcNow - work.InsertedAt > passed - Second, "it came before its time");
                return work;
            }

            await Task.Delay(50, Cancellation);
        }

        throw new TimeoutException($"Nothing came within {Deadline}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("Grüße, 東京, 🙂")]
    public async Task On_the_wire_stands_base64_of_utf8_as_the_functions_host_reads_it(string body)
    {
        var (queue, _) = Open();
        await queue.SendAsync(Message(body), Cancellation);

        PeekedMessage[] onTheWire = await Raw(WorkKind.Evaluate).PeekMessagesAsync(32, Cancellation);
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes(body)), Assert.Single(onTheWire).MessageText);
        PeekedMessage[] asTheHost = await Raw(WorkKind.Evaluate, QueueMessageEncoding.Base64).PeekMessagesAsync(32, Cancellation);
        Assert.Equal(body, Assert.Single(asTheHost).Body.ToString());
    }

    [Fact]
    public async Task A_message_of_another_client_in_base64_is_received()
    {
        var (_, source) = Open();
        var client = Raw(WorkKind.Evaluate, QueueMessageEncoding.Base64);
        await client.CreateAsync(cancellationToken: Cancellation);
        await client.SendMessageAsync("""{"tick":7}""", Cancellation);

        Assert.Equal("""{"tick":7}""", Assert.Single(await ReceiveAsync(source)).Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("/w==")]
    public async Task A_message_nobody_can_read_goes_to_poison_as_it_is_and_the_others_arrive(string text)
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await Raw(WorkKind.Evaluate).SendMessageAsync(text, Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);

        Assert.Equal(["a", "b"], Bodies(await ReceiveAsync(source)));
        Assert.Equal(2, await source.CountAsync(WorkKind.Evaluate, Cancellation));
        PeekedMessage[] poisoned = await Poison().PeekMessagesAsync(32, Cancellation);
        Assert.Equal(text, Assert.Single(poisoned).MessageText);
    }

    [Fact]
    public async Task A_poisoned_message_keeps_its_text_for_a_week_where_the_host_would_put_it()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("Grüße"), Cancellation);
        await source.PoisonAsync(Assert.Single(await ReceiveAsync(source)), Cancellation);

        QueueMessage[] poisoned = await Poison(QueueMessageEncoding.Base64).ReceiveMessagesAsync(32, cancellationToken: Cancellation);
        var message = Assert.Single(poisoned);
        Assert.Equal("Grüße", message.Body.ToString());
        Assert.Equal(TimeSpan.FromDays(7), message.ExpiresOn - message.InsertedOn);
    }

    [Fact]
    public async Task A_poisoned_message_about_to_expire_moves_too()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "a", TimeSpan.Zero, 20 * Second), Cancellation);

        Assert.Equal(WorkSettlement.Done, await source.PoisonAsync(Assert.Single(await ReceiveAsync(source)), Cancellation));
        Assert.Equal(1, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_queue_is_made_when_a_message_is_sent_and_not_before_and_again_when_it_was_deleted()
    {
        var (queue, source) = Open();
        await ReceiveAsync(source);
        await source.CountAsync(WorkKind.Evaluate, Cancellation);
        Assert.False(await Raw(WorkKind.Evaluate).ExistsAsync(Cancellation));

        await queue.SendAsync(Message("a"), Cancellation);
        await Raw(WorkKind.Evaluate).DeleteAsync(Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);

        Assert.Equal(["b"], Bodies(await ReceiveAsync(source)));
        Assert.False(await Raw(WorkKind.Verify).ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task A_receipt_of_a_queue_that_was_deleted_is_lost()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source));
        await Raw(WorkKind.Evaluate).DeleteAsync(Cancellation);

        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(work, Cancellation));
    }

    private QueueClient Raw(WorkKind kind, QueueMessageEncoding encoding = QueueMessageEncoding.None) => Raw(_names.Of(kind), encoding);

    private QueueClient Poison(QueueMessageEncoding encoding = QueueMessageEncoding.None) => Raw(_names.PoisonOf(WorkKind.Evaluate), encoding);

    private QueueClient Raw(string name, QueueMessageEncoding encoding) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    // Every test has queues of its own, so one emulator serves them all.
    private static WorkQueueNames Names()
    {
        var prefix = $"t{Guid.NewGuid():N}"[..12];
        return new WorkQueueNames(Enum.GetValues<WorkKind>().ToDictionary(kind => kind, kind => $"{prefix}-{kind.ToString().ToLowerInvariant()}"));
    }
}
