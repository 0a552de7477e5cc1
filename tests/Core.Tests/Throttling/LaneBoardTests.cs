using ScaleFunctions.Core.Tests.World;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Core.Tests.Throttling;

public sealed class LaneBoardTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly MemoryDocumentStore _documents = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_the_workers_that_were_heard_of_lately()
    {
        Assert.Equal(1, (await ExchangeAsync("one", 0)).Workers);
        Assert.Equal(2, (await ExchangeAsync("two", 1)).Workers);
        Assert.Equal(2, (await ExchangeAsync("one", 2)).Workers);
        Assert.Equal(1, (await ExchangeAsync("one", 5)).Workers);
    }

    [Fact]
    public async Task What_one_was_told_holds_for_all_until_it_ends()
    {
        var closure = new LaneClosure("a|microsoft.compute|reads", Now.AddMinutes(2), "429");
        await ExchangeAsync("one", 0, closure);

        Assert.Equal([closure], (await ExchangeAsync("two", 1)).Closures);
        Assert.Empty((await ExchangeAsync("two", 2)).Closures);
    }

    [Fact]
    public async Task The_longer_closure_counts()
    {
        var (shorter, longer) = (new LaneClosure("lane", Now.AddMinutes(2), ""), new LaneClosure("lane", Now.AddMinutes(4), ""));
        await ExchangeAsync("one", 0, shorter);
        await ExchangeAsync("two", 0, longer);
        await ExchangeAsync("one", 1, shorter);

        Assert.Equal([longer], (await ExchangeAsync("three", 1)).Closures);
    }

    [Fact]
    public async Task One_quiet_exchange_is_one_write()
    {
        await ExchangeAsync("one", 0);
        await ExchangeAsync("one", 1);

        Assert.Equal(2, Assert.Single(_documents.All).Version);
    }

    private Task<(int Workers, IReadOnlyList<LaneClosure> Closures)> ExchangeAsync(string worker, int minute, params IReadOnlyList<LaneClosure> ours) =>
        new LaneBoard(_documents, worker).ExchangeAsync(ours, Now.AddMinutes(minute), Cancellation);
}
