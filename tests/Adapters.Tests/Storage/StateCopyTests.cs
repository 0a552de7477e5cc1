using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>What is written beside a copy that is being made.</summary>
public sealed class StateCopyTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _from = new();
    private readonly TemporaryDirectory _to = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
    }

    [Fact]
    public async Task A_target_that_comes_meanwhile_leaves_no_entries_without_a_row_and_one_that_lost_its_row_keeps_them()
    {
        using var from = SqliteStateStore.Open(_from.Path);
        using var to = SqliteStateStore.Open(_to.Path);
        var rows = new RowStore(from);
        await rows.ChangeFleetAsync(row => row.SetKillSwitch(true, "ann", "a test", At), Cancellation);
        await PauseAsync(rows, "a");
        await from.AppendJournalAsync([Entry("gone", 1)], Cancellation);

        Assert.Equal(1, await new StateCopy(from, from, from, new Meanwhile(from, () => PauseAsync(rows, "late"))).IntoAsync(to, to, Cancellation));

        var chains = (await to.ReadJournalAsync(new JournalQuery(), Cancellation)).Select(entry => entry.Chain).ToHashSet();
        Assert.Contains(Target("a").Key, chains);
        Assert.Contains(Entry("gone", 1).Chain, chains);
        Assert.DoesNotContain(Target("late").Key, chains);
        Assert.True((await to.ReadFleetAsync(Cancellation)).KillSwitch.IsSet);

        // And the copy can be gone on with.
        await PauseAsync(new RowStore(to), "late");
        Assert.Single(await to.ReadJournalAsync(new JournalQuery(Target("late").Key), Cancellation));
    }

    private static Task<TargetRow> PauseAsync(RowStore rows, string name) =>
        rows.ChangeTargetAsync(Target(name), row => row.SetPause(new TargetPause("ann", "a test", At, null), "ann", "a test", At), Cancellation);

    private sealed class Meanwhile(IChangeFeed feed, Func<Task> work) : IChangeFeed
    {
        private bool _isDone;

        public async Task<IReadOnlyList<JournalChange>> ReadChangesAsync(long after, int limit, CancellationToken cancellationToken)
        {
            if (!_isDone)
            {
                _isDone = true;
                await work();
            }

            return await feed.ReadChangesAsync(after, limit, cancellationToken);
        }

        public Task<IReadOnlyList<JournalChange>> ReadLatestAsync(int limit, CancellationToken cancellationToken) => feed.ReadLatestAsync(limit, cancellationToken);
    }
}
