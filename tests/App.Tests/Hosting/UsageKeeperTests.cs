using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class UsageKeeperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As after going back to an earlier version: it cannot read what the later one counted.</summary>
    [Fact]
    public async Task A_day_that_cannot_be_read_keeps_no_invocation_from_its_answer()
    {
        await using var handler = await RunningHandler.StartAsync(services =>
            services.AddSingleton<ITriggerFunction>(new ProbeFunction("Quick", (_, _) => Task.CompletedTask)));
        var documents = handler.Services.GetRequiredService<IDocumentStore>();
        await documents.WriteDocumentAsync(
            new StoredDocument("self-costs", "20260105", 0, """{"first":"2026-01-05T00:00:00Z","last":"2026-01-05T01:00:00Z","counts":{"somethingNew":1}}""", DateTimeOffset.MaxValue),
            Cancellation);
        (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(6), Cancellation);

        (await handler.PostAsync("Quick", "{}")).ShouldBe(HttpStatusCode.OK);

        Assert.Equal(2, Assert.Single(await new UsageDays(documents).ListAsync(Cancellation)).Counts[UsageKind.Executions]);
    }

    [Fact]
    public async Task What_could_not_be_kept_is_kept_later_with_the_time_it_was_used_in()
    {
        await using var handler = await RunningHandler.StartAsync();
        var (time, store) = (new SetTime(), new Away(handler.Services.GetRequiredService<IDocumentStore>()));
        var keeper = new UsageKeeper(new UsageCounter(), new UsageDays(store), time, NullLogger<UsageKeeper>.Instance);
        keeper.Count(TimeSpan.FromMilliseconds(3));
        for (var minute = 6; minute <= 18; minute += 6)
        {
            time.Now = SetTime.Start.AddMinutes(minute);
            store.IsAway = minute < 18;
            keeper.Count(TimeSpan.FromSeconds(2.5));
            await keeper.KeepAsync();
        }

        var day = Assert.Single(await new UsageDays(store).ListAsync(Cancellation));
        Assert.Equal((SetTime.Start, TimeSpan.FromMinutes(18)), (day.First, day.Observed));

        // A second at least is billed for each.
        Assert.Equal((4, 8_500), (day.Counts[UsageKind.Executions], day.Counts[UsageKind.ExecutionMilliseconds]));
    }

    [Fact]
    public async Task A_clock_that_was_ahead_and_is_set_back_does_not_end_the_counting()
    {
        await using var handler = await RunningHandler.StartAsync();
        var (time, store) = (new SetTime { Now = SetTime.Start.AddYears(1) }, handler.Services.GetRequiredService<IDocumentStore>());
        var keeper = new UsageKeeper(new UsageCounter(), new UsageDays(store), time, NullLogger<UsageKeeper>.Instance);
        foreach (var minute in new[] { 0, 6 })
        {
            time.Now = SetTime.Start.AddMinutes(minute);
            keeper.Count(TimeSpan.FromSeconds(1));
            await keeper.KeepAsync();
        }

        var day = Assert.Single(await new UsageDays(store).ListAsync(Cancellation));
        Assert.Equal((2, TimeSpan.FromMinutes(6)), (day.Counts[UsageKind.Executions], day.Observed));
    }

    /// <summary>The invocation is answered after it, and its host waits no longer than for any other.</summary>
    [Fact]
    public async Task A_store_that_answers_nothing_is_waited_for_seconds_and_no_count_is_lost()
    {
        await using var handler = await RunningHandler.StartAsync();
        var (time, store) = (new SetTime(), new Away(handler.Services.GetRequiredService<IDocumentStore>()) { IsSilent = true });
        var keeper = new UsageKeeper(new UsageCounter(), new UsageDays(store), time, NullLogger<UsageKeeper>.Instance);
        keeper.Count(TimeSpan.FromSeconds(1));
        time.Now = SetTime.Start.AddMinutes(6);

        await keeper.KeepAsync();

        store.IsSilent = false;
        time.Now = SetTime.Start.AddMinutes(12);
        await keeper.KeepAsync();
        Assert.Equal(1, Assert.Single(await new UsageDays(store).ListAsync(Cancellation)).Counts[UsageKind.Executions]);
    }

    private sealed class SetTime : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>A store that is away, or answers nothing, at times.</summary>
    private sealed class Away(IDocumentStore inner) : IDocumentStore
    {
        public bool IsAway { get; set; }

        public bool IsSilent { get; set; }

        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
            IsAway ? throw new StateStoreException("away")
            : IsSilent ? new TaskCompletionSource<StoredDocument?>().Task.WaitAsync(cancellationToken)
            : inner.ReadDocumentAsync(partition, key, cancellationToken);

        public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) => inner.WriteDocumentAsync(document, cancellationToken);

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) =>
            inner.ListDocumentsAsync(partition, cancellationToken);

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => inner.DeleteDocumentAsync(partition, key, cancellationToken);

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => inner.PruneDocumentsAsync(now, cancellationToken);
    }
}
