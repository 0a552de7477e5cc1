using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.Adapters.Tests.Queues;

/// <summary>What every work queue must do. Derive and say how to open one and how its time passes; opening again must show the same queues.</summary>
public abstract class WorkQueueContract
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens both sides of the queues of this test: always the same ones.</summary>
    protected abstract (IWorkQueue Queue, IWorkSource Source) Open();

    /// <summary>Lets at least so much time pass on the clock of the queue, and no more than a queue needs to notice.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>Receives what becomes visible once a time has passed.</summary>
    protected abstract Task<ReceivedWork> ReceiveAfterAsync(IWorkSource source, WorkKind kind, TimeSpan passed);

    [Fact]
    public async Task A_message_arrives_as_it_was_sent()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("""{"tick":7}"""), Cancellation);

        var work = Assert.Single(await ReceiveAsync(source));
        Assert.Equal(
            (WorkKind.Evaluate, """{"tick":7}""", 1, TimeSpan.FromHours(2)), (work.Kind, work.Body, work.DequeueCount, work.ExpiresAt - work.InsertedAt));
        Assert.InRange(work.NextVisibleAt - work.InsertedAt, Hour, Hour + TimeSpan.FromMinutes(5));
        Assert.NotEqual("", work.Id);
        Assert.NotEqual("", work.PopReceipt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 東京, 🙂, مرحبا")]
    [InlineData("<a>&amp;\"'\0\t\r\n\u202E")]
    [InlineData("c29tZXRoaW5n")]
    public async Task Any_text_arrives_unchanged(string body)
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message(body), Cancellation);

        Assert.Equal(body, Assert.Single(await ReceiveAsync(source)).Body);
    }

    [Theory]
    [InlineData('x', 1)]
    [InlineData('京', 3)]
    public async Task The_largest_message_fits_and_one_more_character_does_not(char character, int bytes)
    {
        var (queue, source) = Open();
        var body = new string(character, WorkMessage.MaximumBytes / bytes);
        await queue.SendAsync(Message(body), Cancellation);

        Assert.Equal(body, Assert.Single(await ReceiveAsync(source)).Body);
        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(Message(body + character), Cancellation));
        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task Queues_never_used_are_empty()
    {
        var (_, source) = Open();

        Assert.Empty(await ReceiveAsync(source));
        Assert.Equal(0, await source.CountAsync(WorkKind.Verify, Cancellation));
        Assert.Equal(0, await source.CountPoisonAsync(WorkKind.Verify, Cancellation));
    }

    [Fact]
    public async Task Each_kind_has_a_queue_of_its_own()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await queue.SendAsync(Message("b", WorkKind.Verify), Cancellation);

        var work = Assert.Single(await ReceiveAsync(source, WorkKind.Verify));
        Assert.Equal((WorkKind.Verify, "b"), (work.Kind, work.Body));
        Assert.Equal("a", Assert.Single(await ReceiveAsync(source)).Body);
    }

    [Fact]
    public async Task Messages_come_in_the_order_they_were_sent_and_no_more_than_asked_for()
    {
        var (queue, source) = Open();
        foreach (var body in new[] { "1", "2", "3", "4", "5" })
        {
            await queue.SendAsync(Message(body), Cancellation);
        }

        Assert.Equal(["1", "2", "3"], Bodies(await ReceiveAsync(source, most: 3)));
        Assert.Equal(["4", "5"], Bodies(await ReceiveAsync(source, most: 3)));
    }

    [Fact]
    public async Task A_delayed_message_is_counted_but_not_delivered()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "later", Hour, 2 * Hour), Cancellation);

        Assert.Empty(await ReceiveAsync(source));
        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_delayed_message_comes_when_its_delay_has_passed()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "later", 2 * Second, Hour), Cancellation);

        Assert.Equal("later", (await ReceiveAfterAsync(source, WorkKind.Evaluate, 2 * Second)).Body);
    }

    [Fact]
    public async Task An_expired_message_never_comes()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "old", TimeSpan.Zero, Second), Cancellation);
        await queue.SendAsync(Message("new"), Cancellation);
        await PassAsync(Second);

        Assert.Equal(["new"], Bodies(await ReceiveAsync(source)));
    }

    [Fact]
    public async Task A_message_with_parts_of_seconds_is_taken()
    {
        var (queue, source) = Open();
        await queue.SendAsync(
            new WorkMessage(WorkKind.Evaluate, "soon", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(900)), Cancellation);

        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_lease_that_ends_delivers_again_with_a_higher_count_and_another_receipt()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);

        var first = Assert.Single(await ReceiveAsync(source, lease: Second));
        var second = await ReceiveAfterAsync(source, WorkKind.Evaluate, Second);

        Assert.Equal((first.Id, first.Body, 2), (second.Id, second.Body, second.DequeueCount));
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
    }

    [Fact]
    public async Task A_receipt_whose_message_somebody_else_has_does_nothing_and_says_so()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var slow = Assert.Single(await ReceiveAsync(source, lease: Second));
        var owner = await ReceiveAfterAsync(source, WorkKind.Evaluate, Second);

        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(slow, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.AbandonAsync(slow, TimeSpan.Zero, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.PoisonAsync(slow, Cancellation));

        Assert.Empty(await ReceiveAsync(source));
        Assert.Equal(0, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(WorkSettlement.Done, await source.CompleteAsync(owner, Cancellation));
    }

    [Fact]
    public async Task A_completed_message_is_gone_and_completing_it_again_says_so()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source));

        Assert.Equal(WorkSettlement.Done, await source.CompleteAsync(work, Cancellation));
        Assert.Equal(0, await source.CountAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(work, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.AbandonAsync(work, TimeSpan.Zero, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.PoisonAsync(work, Cancellation));
        Assert.Equal(0, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task Completing_one_message_leaves_the_others()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source, most: 1));
        await source.CompleteAsync(work, Cancellation);

        Assert.Equal(["b"], Bodies(await ReceiveAsync(source)));
    }

    [Fact]
    public async Task An_abandoned_message_comes_again_at_once_with_its_text_and_the_old_receipt_is_void()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("Grüße"), Cancellation);
        var first = Assert.Single(await ReceiveAsync(source));

        Assert.Equal(WorkSettlement.Done, await source.AbandonAsync(first, TimeSpan.Zero, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.CompleteAsync(first, Cancellation));

        var second = await ReceiveAfterAsync(source, WorkKind.Evaluate, TimeSpan.Zero);
        Assert.Equal((first.Id, "Grüße", 2), (second.Id, second.Body, second.DequeueCount));
    }

    [Fact]
    public async Task A_message_abandoned_for_a_while_waits_for_so_long()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);
        var work = await ReceiveAsync(source);
        await source.AbandonAsync(work.Single(one => one.Body == "a"), Hour, Cancellation);
        await source.AbandonAsync(work.Single(one => one.Body == "b"), 2 * Second, Cancellation);

        Assert.Equal("b", (await ReceiveAfterAsync(source, WorkKind.Evaluate, 2 * Second)).Body);
        Assert.Empty(await ReceiveAsync(source));
        Assert.Equal(2, await source.CountAsync(WorkKind.Evaluate, Cancellation));
    }

    [Fact]
    public async Task A_message_abandoned_beyond_its_end_is_dropped()
    {
        var (queue, source) = Open();
        await queue.SendAsync(new WorkMessage(WorkKind.Evaluate, "a", TimeSpan.Zero, 60 * Second), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source));

        Assert.Equal(WorkSettlement.Done, await source.AbandonAsync(work, Hour, Cancellation));
        Assert.Empty(await ReceiveAsync(source));
    }

    [Fact]
    public async Task A_poisoned_message_moves()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        await queue.SendAsync(Message("b"), Cancellation);
        var work = Assert.Single(await ReceiveAsync(source, most: 1));

        Assert.Equal(WorkSettlement.Done, await source.PoisonAsync(work, Cancellation));
        Assert.Equal(WorkSettlement.ReceiptLost, await source.PoisonAsync(work, Cancellation));

        Assert.Equal(1, await source.CountPoisonAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(0, await source.CountPoisonAsync(WorkKind.Verify, Cancellation));
        Assert.Equal(1, await source.CountAsync(WorkKind.Evaluate, Cancellation));
        Assert.Equal(["b"], Bodies(await ReceiveAsync(source)));
    }

    [Fact]
    public async Task Receivers_at_once_never_get_the_same_message()
    {
        const int messages = 60;
        var (queue, _) = Open();
        for (var number = 0; number < messages; number++)
        {
            await queue.SendAsync(Message($"{number}"), Cancellation);
        }

        var received = await Task.WhenAll(Drain(), Drain(), Drain());

        Assert.Equal(Enumerable.Range(0, messages), received.SelectMany(bodies => bodies).Select(int.Parse).Order());

        Task<List<string>> Drain() => Task.Run(async () =>
        {
            var (_, source) = Open();
            var bodies = new List<string>();
            while (await ReceiveAsync(source, most: 7) is { Count: > 0 } batch)
            {
                bodies.AddRange(Bodies(batch));
            }

            return bodies;
        });
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(33, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 0.5)]
    [InlineData(1, 7 * 86_400 + 1)]
    public async Task What_no_queue_can_do_is_refused(int most, double leaseSeconds)
    {
        var (_, source) = Open();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReceiveAsync(source, most: most, lease: TimeSpan.FromSeconds(leaseSeconds)));
    }

    [Fact]
    public async Task A_call_cancelled_before_it_began_does_nothing()
    {
        var (queue, source) = Open();
        await queue.SendAsync(Message("a"), Cancellation);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.SendAsync(Message("b"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ReceiveAsync(WorkKind.Evaluate, 1, Hour, cancelled));
        Assert.Equal(["a"], Bodies(await ReceiveAsync(source)));
    }

    protected static WorkMessage Message(string body, WorkKind kind = WorkKind.Evaluate) => new(kind, body, TimeSpan.Zero, 2 * Hour);

    protected static Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        IWorkSource source, WorkKind kind = WorkKind.Evaluate, int most = 32, TimeSpan? lease = null) =>
        source.ReceiveAsync(kind, most, lease ?? Hour, Cancellation);

    protected static IEnumerable<string> Bodies(IEnumerable<ReceivedWork> works) => works.Select(work => work.Body);
}
