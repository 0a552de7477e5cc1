using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>What every change feed must do. Derive and say how to open the journal and its feed.</summary>
public abstract class ChangeFeedContract
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the store of this test, always the same one, on a connection of its own.</summary>
    private protected abstract (IStateStore Store, IChangeFeed Feed) Open();

    [Fact]
    public async Task An_empty_journal_has_no_changes() => Assert.Empty(await ReadAsync());

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task The_latest_are_the_last_of_all_changes_newest_first(int limit)
    {
        Assert.Empty(await Open().Feed.ReadLatestAsync(10, Cancellation));
        await Open().Store.AppendJournalAsync([Entry("b", 1, minute: 9), Entry("a", 1, minute: 5), Entry("a", 2, minute: 6)], Cancellation);

        var latest = await Open().Feed.ReadLatestAsync(limit, Cancellation);

        Assert.Equal((await ReadAsync()).Reverse().Take(limit).Select(change => change.Position), latest.Select(change => change.Position));
        Assert.Equal(((string[])["a/2", "a/1", "b/1"]).Take(limit), latest.Select(change => $"{change.Entry.Chain}/{change.Entry.Sequence}"));
    }

    [Fact]
    public async Task Entries_of_all_chains_come_in_the_order_they_were_written()
    {
        var (store, _) = Open();
        await store.AppendJournalAsync([Entry("b", 1, minute: 9), Entry("a", 1, minute: 5)], Cancellation);
        await Open().Store.AppendJournalAsync([Entry("fleet", 1, minute: 0), Entry("a", 2, minute: 1)], Cancellation);

        Assert.Equal(["b1", "a1", "fleet1", "a2"], await NamesAsync());
        var positions = (await ReadAsync()).Select(change => change.Position).ToList();
        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.All(positions, position => Assert.True(position > 0));
    }

    [Fact]
    public async Task Who_reads_after_a_position_gets_what_came_later_and_no_more_than_asked_for()
    {
        await Open().Store.AppendJournalAsync([.. Enumerable.Range(1, 5).Select(number => Entry("a", number))], Cancellation);
        var third = (await ReadAsync())[2].Position;

        Assert.Equal(["a4", "a5"], await NamesAsync(third));
        Assert.Equal(["a4"], await NamesAsync(third, 1));
        Assert.Empty(await NamesAsync(long.MaxValue));
        Assert.Empty(await NamesAsync(0, 0));
        Assert.Empty(await NamesAsync(0, -1));
    }

    [Fact]
    public async Task Paging_through_shows_every_entry_once()
    {
        await Open().Store.AppendJournalAsync([.. Enumerable.Range(1, 23).Select(number => Entry(number % 2 == 0 ? "a" : "b", (number + 1) / 2))], Cancellation);
        var seen = new List<JournalChange>();
        while (await Open().Feed.ReadChangesAsync(seen.LastOrDefault()?.Position ?? 0, 5, Cancellation) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        Assert.Equal(23, seen.Select(change => (change.Entry.Chain, change.Entry.Sequence)).Distinct().Count());
        Assert.Equal(23, seen.Count);
    }

    [Fact]
    public async Task Appending_again_keeps_the_positions()
    {
        var (store, _) = Open();
        await store.AppendJournalAsync([Entry("a", 1), Entry("a", 2)], Cancellation);
        var before = Shape(await ReadAsync());

        await store.AppendJournalAsync([Entry("a", 1), Entry("a", 2)], Cancellation);
        Assert.Equal(before, Shape(await ReadAsync()));

        await store.AppendJournalAsync([Entry("a", 2), Entry("a", 3)], Cancellation);
        Assert.Equal(before, Shape(await ReadAsync()).SkipLast(1));
        Assert.Equal(["a1", "a2", "a3"], await NamesAsync());
    }

    [Fact]
    public async Task An_entry_that_was_refused_is_no_change_and_neither_is_what_would_follow_it()
    {
        var (store, _) = Open();
        await store.AppendJournalAsync([Entry("a", 1, "first")], Cancellation);

        await Assert.ThrowsAsync<StateStoreException>(
            () => store.AppendJournalAsync([Entry("a", 1, "second"), Entry("a", 2)], Cancellation));

        Assert.Equal("first", Assert.Single(await ReadAsync()).Entry.Hash);
        Assert.Single(await store.ReadJournalAsync(new JournalQuery("a"), Cancellation));
    }

    [Fact]
    public async Task One_entry_appended_by_many_at_once_is_one_change()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var (store, _) = Open();
            for (var number = 1; number <= 10; number++)
            {
                await store.AppendJournalAsync([Entry("a", number)], Cancellation);
            }
        })));

        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"a{number}"), await NamesAsync());
    }

    /// <summary>Positions become visible in order: a reader that has seen one never finds a smaller one later.</summary>
    [Fact]
    public async Task A_reader_beside_two_writers_misses_nothing()
    {
        const int each = 40;
        var writers = Task.WhenAll(WriteAsync("a"), WriteAsync("b"));
        var (feed, seen) = (Open().Feed, new List<JournalChange>());
        while (seen.Count < 2 * each)
        {
            // A writer that failed is what happened, not what its reader misses.
            await (writers.IsFaulted ? writers : Task.CompletedTask);
            var page = await feed.ReadChangesAsync(seen.LastOrDefault()?.Position ?? 0, 7, Cancellation);
            Assert.False(page.Count == 0 && writers.IsCompleted && (await ReadAsync(seen.LastOrDefault()?.Position ?? 0)).Count == 0, $"missed some: {seen.Count}");
            seen.AddRange(page);
        }

        await writers;
        Assert.Equal(Shape(await ReadAsync()), Shape(seen));

        Task WriteAsync(string chain) => Task.Run(async () =>
        {
            var (store, _) = Open();
            for (var number = 1; number <= each; number++)
            {
                await store.AppendJournalAsync([Entry(chain, number)], Cancellation);
            }
        });
    }

    private protected static List<string> Shape(IEnumerable<JournalChange> changes) =>
        [.. changes.Select(change => $"{change.Position} {change.Entry.Chain}{change.Entry.Sequence}")];

    private protected Task<IReadOnlyList<JournalChange>> ReadAsync(long after = 0) => Open().Feed.ReadChangesAsync(after, int.MaxValue, Cancellation);

    private protected async Task<List<string>> NamesAsync(long after = 0, int limit = int.MaxValue) =>
        [.. (await Open().Feed.ReadChangesAsync(after, limit, Cancellation)).Select(change => $"{change.Entry.Chain}{change.Entry.Sequence}")];
}
