using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.SelfCosts;

public sealed class UsageDaysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_add_to_one_day()
    {
        var documents = new MemoryDocumentStore();
        var (one, other) = (new UsageDays(documents), new UsageDays(documents));

        Assert.True(await one.AddAsync(Reads(3), Some.Noon, Some.At(5), Cancellation));
        Assert.True(await other.AddAsync(Reads(4), Some.At(2), Some.At(7), Cancellation));

        var day = Assert.Single(await one.ListAsync(Cancellation));
        Assert.Equal((7, TimeSpan.FromMinutes(7)), (day.Counts[UsageKind.ArmReads], day.Observed));
    }

    [Fact]
    public async Task Each_day_is_a_document_that_ends_after_five_weeks()
    {
        var documents = new MemoryDocumentStore();
        var days = new UsageDays(documents);
        for (var day = 0; day < 40; day++)
        {
            var now = Some.Noon.AddDays(day);
            await days.AddAsync(Reads(1), now.AddMinutes(-5), now, Cancellation);
            await documents.PruneDocumentsAsync(now, Cancellation);
        }

        Assert.Equal(35, (await days.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task What_was_used_across_midnight_counts_from_midnight_on()
    {
        var days = new UsageDays(new MemoryDocumentStore());
        var midnight = Some.Noon.AddHours(12);

        await days.AddAsync(Reads(1), midnight.AddMinutes(-3), midnight.AddMinutes(2), Cancellation);

        Assert.Equal(midnight, Assert.Single(await days.ListAsync(Cancellation)).First);
    }

    /// <summary>As after going back to a version that does not know what a later one counted.</summary>
    [Theory]
    [InlineData("""{"first":"2026-03-02T10:00:00+00:00","last":"2026-03-02T11:00:00+00:00","counts":{"somethingNew":5}}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("no JSON")]
    public async Task A_day_that_cannot_be_read_is_begun_anew(string json)
    {
        var documents = new MemoryDocumentStore();
        await documents.WriteDocumentAsync(new("self-costs", "20260302", 0, json, DateTimeOffset.MaxValue), Cancellation);
        var days = new UsageDays(documents);
        Assert.Empty(await days.ListAsync(Cancellation));

        Assert.True(await days.AddAsync(Reads(3), Some.Noon, Some.At(5), Cancellation));

        Assert.Equal(3, Assert.Single(await days.ListAsync(Cancellation)).Counts[UsageKind.ArmReads]);
    }

    /// <summary>Twenty workers that write the same day at once, each as often as it is refused: every count is in it once.</summary>
    [Fact]
    public async Task Counts_of_many_workers_are_neither_lost_nor_doubled()
    {
        var documents = new ContendedStore(new MemoryDocumentStore());
        await Task.WhenAll(Enumerable.Range(1, 20).Select(worker => Task.Run(async () =>
        {
            var days = new UsageDays(documents);
            for (var part = 0; part < 50; part++)
            {
                while (!await days.AddAsync(Reads(worker), Some.Noon, Some.At(5), Cancellation))
                {
                }
            }
        })));

        Assert.Equal(50 * 210, Assert.Single(await new UsageDays(documents).ListAsync(Cancellation)).Counts[UsageKind.ArmReads]);
    }

    /// <summary>Others come between any two calls.</summary>
    private sealed class ContendedStore(MemoryDocumentStore inner) : IDocumentStore
    {
        public Task<StoredDocument?> ReadDocumentAsync(string partition, string key, CancellationToken cancellationToken) =>
            AfterOthersAsync(() => inner.ReadDocumentAsync(partition, key, cancellationToken));

        public Task<RowWrite> WriteDocumentAsync(StoredDocument document, CancellationToken cancellationToken) =>
            AfterOthersAsync(() => inner.WriteDocumentAsync(document, cancellationToken));

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string partition, CancellationToken cancellationToken) =>
            AfterOthersAsync(() => inner.ListDocumentsAsync(partition, cancellationToken));

        public Task DeleteDocumentAsync(string partition, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task PruneDocumentsAsync(DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

        private async Task<T> AfterOthersAsync<T>(Func<Task<T>> call)
        {
            await Task.Yield();
            lock (inner)
            {
                return call().Result;
            }
        }
    }

    private static Dictionary<UsageKind, long> Reads(long count) => new() { [UsageKind.ArmReads] = count };
}
