using System.Text.Json;
using CsCheck;
using ScaleFunctions.Core.State;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage;

/// <summary>What every state store must do. Derive and say how to open one; opening again must show the same state.</summary>
public abstract class StateStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the store of this test: always the same one.</summary>
    protected abstract IStateStore Open();

    /// <summary>
    /// Whether who wrote is always told so. Where answers get lost it may be told that it lost, when somebody has written on before it
    /// could look; never are two told that they won.
    /// </summary>
    protected virtual bool TellsEveryWinner => true;

    [Fact]
    public async Task A_target_never_written_is_a_row_of_version_0()
    {
        var row = await Open().ReadTargetAsync(Target("a"), Cancellation);

        Assert.Equal(Target("a"), row.Target);
        Assert.Equal(0, row.Version);
        Assert.Empty(await Open().ReadTargetsAsync(Cancellation));
    }

    [Fact]
    public async Task Rows_of_several_targets_come_in_the_order_they_were_asked_for()
    {
        await Open().WriteTargetsAsync([Row("a") with { Epoch = 1 }, Row("c") with { Epoch = 3 }], Cancellation);

        var rows = await Open().ReadTargetsAsync([Target("c"), Target("b"), Target("a"), Target("c")], Cancellation);

        Assert.Equal([("c", 1, 3), ("b", 0, 0), ("a", 1, 1), ("c", 1, 3)], rows.Select(row => (row.Target.Name, (int)row.Version, (int)row.Epoch)));
        Assert.Empty(await Open().ReadTargetsAsync([], Cancellation));
    }

    [Fact]
    public async Task Each_write_raises_the_version_and_is_seen_by_every_reader()
    {
        var store = Open();

        Assert.Equal([new RowWrite.Written(1)], await store.WriteTargetsAsync([Row("a") with { Epoch = 1 }], Cancellation));
        Assert.Equal([new RowWrite.Written(2)], await store.WriteTargetsAsync([Row("a") with { Version = 1, Epoch = 7 }], Cancellation));

        var row = await Open().ReadTargetAsync(Target("a"), Cancellation);
        Assert.Equal((2, 7), (row.Version, row.Epoch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(99)]
    public async Task A_write_on_another_version_conflicts_and_changes_nothing(long version)
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("a") with { Epoch = 1 }], Cancellation);

        Assert.Equal([new RowWrite.Conflict()], await store.WriteTargetsAsync([Row("a") with { Version = version, Epoch = 7 }], Cancellation));

        var row = await store.ReadTargetAsync(Target("a"), Cancellation);
        Assert.Equal((1, 1), (row.Version, row.Epoch));
    }

    [Fact]
    public async Task A_write_on_a_version_of_a_row_that_is_not_there_conflicts()
    {
        Assert.Equal([new RowWrite.Conflict()], await Open().WriteTargetsAsync([Row("a") with { Version = 1 }], Cancellation));
        Assert.Empty(await Open().ReadTargetsAsync(Cancellation));
    }

    [Fact]
    public async Task Rows_of_a_batch_succeed_and_conflict_each_on_its_own_and_in_order()
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("b")], Cancellation);

        var answers = await store.WriteTargetsAsync(
            [Row("a"), Row("b"), Row("b") with { Version = 1 }, Row("b") with { Version = 1 }, Row("c")], Cancellation);

        Assert.Equal(
            [new RowWrite.Written(1), new RowWrite.Conflict(), new RowWrite.Written(2), new RowWrite.Conflict(), new RowWrite.Written(1)],
            answers);
        Assert.Equal(["a", "b", "c"], (await store.ReadTargetsAsync(Cancellation)).Select(row => row.Target.Name).Order());
    }

    [Fact]
    public async Task Ids_that_differ_in_case_only_are_one_row()
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("Web")], Cancellation);

        Assert.Equal([new RowWrite.Conflict()], await store.WriteTargetsAsync([Row("wEB")], Cancellation));
        Assert.Equal(1, (await store.ReadTargetAsync(Target("WEB"), Cancellation)).Version);
    }

    [Fact]
    public async Task Of_two_writers_with_the_same_read_exactly_one_wins_every_round()
    {
        const int rounds = 50;
        var wins = await Task.WhenAll(Contend(), Contend(), Contend());

        Assert.InRange(wins.Sum(), TellsEveryWinner ? rounds : 1, rounds);
        Assert.Equal(rounds, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Version);

        Task<int> Contend() => Task.Run(async () =>
        {
            var store = Open();
            var won = 0;
            for (var row = Row("a"); row.Version < rounds; row = await store.ReadTargetAsync(row.Target, Cancellation))
            {
                won += (await store.WriteTargetsAsync([row], Cancellation)).OfType<RowWrite.Written>().Count();
            }

            return won;
        });
    }

    [Fact]
    public async Task Any_row_comes_back_as_it_was_written()
    {
        var store = Open();

        await AnyRow.SampleAsync(
            async row =>
            {
                var before = await store.ReadTargetAsync(row.Target, Cancellation);
                await store.WriteTargetsAsync([row with { Version = before.Version }], Cancellation);
                var after = await store.ReadTargetAsync(row.Target, Cancellation);
                Assert.Equal(Json(row with { Version = before.Version + 1 }), Json(after));
            },
            iter: 200,
            threads: 1);

        static string Json(TargetRow row) => JsonSerializer.Serialize(row, StateJson.Default.TargetRow);
    }

    [Fact]
    public async Task The_fleet_row_is_written_conditionally_too()
    {
        var store = Open();
        var stop = new KillSwitch(true, "ana", "drill", Noon);

        Assert.Equal(new FleetRow(), await store.ReadFleetAsync(Cancellation));
        Assert.Equal(new RowWrite.Written(1), await store.WriteFleetAsync(new FleetRow { KillSwitch = stop }, Cancellation));
        Assert.Equal(new RowWrite.Conflict(), await store.WriteFleetAsync(new FleetRow(), Cancellation));
        Assert.Equal(new RowWrite.Conflict(), await store.WriteFleetAsync(new FleetRow { Version = 2 }, Cancellation));

        var row = await Open().ReadFleetAsync(Cancellation);
        Assert.Equal((1, stop), (row.Version, row.KillSwitch));
    }

    [Fact]
    public async Task Appending_the_same_entries_again_changes_nothing()
    {
        var store = Open();
        await store.AppendJournalAsync([Entry("a", 1), Entry("a", 2)], Cancellation);
        await store.AppendJournalAsync([Entry("a", 2), Entry("a", 3)], Cancellation);

        Assert.Equal([3, 2, 1], (await store.ReadJournalAsync(new JournalQuery("a"), Cancellation)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Another_entry_under_a_taken_number_is_refused_and_the_first_one_stays()
    {
        var store = Open();
        await store.AppendJournalAsync([Entry("a", 1, "first")], Cancellation);

        await Assert.ThrowsAsync<StateStoreException>(() => store.AppendJournalAsync([Entry("a", 1, "second")], Cancellation));

        Assert.Equal("first", Assert.Single(await store.ReadJournalAsync(new JournalQuery(), Cancellation)).Hash);
    }

    [Fact]
    public async Task The_journal_is_read_newest_first_by_chain_time_and_limit()
    {
        var store = Open();
        await store.AppendJournalAsync(
            [Entry("a", 1, minute: 0), Entry("a", 2, minute: 2), Entry("b", 1, minute: 1), Entry("b", 2, minute: 3)], Cancellation);

        Assert.Equal(["b2", "a2", "b1", "a1"], await Read(new JournalQuery()));
        Assert.Equal(["a2", "a1"], await Read(new JournalQuery("a")));
        Assert.Equal(["b2", "a2"], await Read(new JournalQuery(Since: Noon.AddMinutes(2).ToOffset(TimeSpan.FromHours(5)))));
        Assert.Equal(["b2"], await Read(new JournalQuery(Limit: 1)));
        Assert.Empty(await Read(new JournalQuery("c")));

        async Task<List<string>> Read(JournalQuery query) =>
            [.. (await store.ReadJournalAsync(query, Cancellation)).Select(entry => $"{entry.Chain}{entry.Sequence}")];
    }

    [Fact]
    public async Task An_entry_comes_back_with_its_facts()
    {
        var store = Open();
        await store.AppendJournalAsync([Entry("a", 1)], Cancellation);

        var entry = Assert.Single(await store.ReadJournalAsync(new JournalQuery(), Cancellation));

        Assert.Equal(JsonSerializer.Serialize(Entry("a", 1), StateJson.Default.JournalEntry), JsonSerializer.Serialize(entry, StateJson.Default.JournalEntry));
        Assert.Equal(5, entry.Facts.GetProperty("to").GetInt32());
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        var store = Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.WriteTargetsAsync([Row("a")], new CancellationToken(canceled: true)));

        Assert.Empty(await store.ReadTargetsAsync(Cancellation));
    }
}
