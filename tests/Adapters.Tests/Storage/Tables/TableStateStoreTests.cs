using System.Text.Json;
using Azure.Data.Tables;
using ScaleFunctions.Adapters.Tests.Queues;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using static ScaleFunctions.Adapters.Tests.Storage.StateSamples;

namespace ScaleFunctions.Adapters.Tests.Storage.Tables;

[Collection(AzuriteGroup.Name)]
public sealed class TableStateStoreTests(Azurite azurite) : StateStoreContract, IDisposable
{
    private readonly TableSpace _space = new(azurite);

    public void Dispose() => _space.Dispose();

    protected override IStateStore Open() => _space.Open();

    [Fact]
    public async Task Names_with_any_character_are_rows_of_their_own()
    {
        string[] names = ["a", "a+b", "a b", "a'b", "a!b", "a:b", "ä", "東京", "🙂", "a\u202Eb", "a\u00A0b", "a&b=c", "a*b", "\"a\""];
        await Open().WriteTargetsAsync([.. names.Select(Row)], Cancellation);

        foreach (var name in names)
        {
            Assert.Equal((1, name), (await Open().ReadTargetAsync(Target(name), Cancellation) is var row ? row.Version : 0, row.Target.Name));
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), (await Open().ReadTargetsAsync(Cancellation)).Select(row => row.Target.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_row_of_200_KiB_comes_back_grows_and_shrinks()
    {
        var store = Open();
        foreach (var length in (int[])[200 * 1024, 300 * 1024, 10])
        {
            var row = await store.ReadTargetAsync(Target("a"), Cancellation);
            var pause = new TargetPause("ana", new string('x', length), Noon, null);

            Assert.Equal([new RowWrite.Written(row.Version + 1)], await store.WriteTargetsAsync([row with { Pause = pause }], Cancellation));
            Assert.Equal(pause, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Pause);
        }
    }

    [Fact]
    public async Task A_row_larger_than_the_service_takes_even_compressed_is_refused_in_words_and_the_stored_one_stays()
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("a")], Cancellation);
        var noise = Convert.ToHexString(Bytes(seed: 1, count: 1_000_000));
        var large = Row("a") with { Version = 1, Pause = new TargetPause("ana", noise, Noon, null) };

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => store.WriteTargetsAsync([large], Cancellation));

        Assert.Contains("960000", exception.Message);
        Assert.DoesNotContain(noise[..10], exception.ToString());
        Assert.Equal(1, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Version);
    }

    [Fact]
    public async Task A_long_row_is_kept_compressed_and_a_short_one_readable_again()
    {
        foreach (var pause in (string[])[$"{new string('→', 3_000_000)}😀", "short"])
        {
            var row = await Open().ReadTargetAsync(Target("a"), Cancellation);
            await Open().WriteTargetsAsync([row with { Pause = new TargetPause("ana", pause, Noon, null) }], Cancellation);

            Assert.Equal(pause, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Pause!.Reason);
            var entity = Assert.Single(await _space.EntitiesAsync("target:s1"));
            Assert.Equal(pause == "short", entity.ContainsKey("Json"));
            Assert.Equal(pause != "short", entity.ContainsKey("Gzip"));
        }
    }

    [Fact]
    public async Task A_compressed_row_that_was_damaged_is_a_fault_and_never_a_state()
    {
        var store = Open();
        await store.WriteTargetsAsync([Row("a") with { Pause = new TargetPause("ana", new string('x', 600_000), Noon, null) }], Cancellation);
        var entity = Assert.Single(await _space.EntitiesAsync("target:s1"));
        entity["Gzip"] = Bytes(seed: 1, count: 100);
        await _space.Raw().UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, Cancellation);

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => store.ReadTargetAsync(Target("a"), Cancellation));

        Assert.Contains("cannot be decompressed", exception.Message);
    }

    [Fact]
    public async Task A_row_of_the_largest_size_that_is_kept_as_it_is_is_taken()
    {
        var overhead = JsonSerializer.Serialize(Row("a") with { Version = 1, Pause = new TargetPause("ana", "", Noon, null) }, StateJson.Default.TargetRow).Length;
        var row = Row("a") with { Pause = new TargetPause("ana", new string('x', 480_000 - overhead), Noon, null) };

        Assert.Equal([new RowWrite.Written(1)], await Open().WriteTargetsAsync([row], Cancellation));
        Assert.Equal(row.Pause, (await Open().ReadTargetAsync(Target("a"), Cancellation)).Pause);
    }

    [Fact]
    public async Task More_rows_than_a_page_holds_are_all_read()
    {
        const int rows = 1100;
        var targets = Enumerable.Range(0, rows).Select(number => TargetId.Parse(
            $"/subscriptions/s{number % 3}/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web{number}")).ToList();
        var answers = await Open().WriteTargetsAsync([.. targets.Select(target => new TargetRow { Target = target })], Cancellation);

        Assert.All(answers, answer => Assert.Equal(new RowWrite.Written(1), answer));
        Assert.Equal(
            targets.Select(target => target.Key).Order(StringComparer.Ordinal),
            (await Open().ReadTargetsAsync(Cancellation)).Select(row => row.Target.Key));
    }

    [Fact]
    public async Task A_longer_journal_than_a_page_is_read_to_its_end()
    {
        const int entries = 1050;
        var raw = _space.Raw();
        await Open().AppendJournalAsync([Entry("a", 1)], Cancellation);
        var first = Assert.Single(await _space.EntitiesAsync("journal:a"));
        foreach (var page in Enumerable.Range(2, entries - 1).Chunk(100))
        {
            await raw.SubmitTransactionAsync(
                page.Select(number => new TableTransactionAction(TableTransactionActionType.Add, Numbered(first, number))), Cancellation);
        }

        Assert.Equal(entries, (await Open().ReadJournalAsync(new JournalQuery("a", Limit: int.MaxValue), Cancellation)).Count);
        Assert.Equal(entries, (await Open().ReadJournalAsync(new JournalQuery(Limit: int.MaxValue), Cancellation)).Count);
        Assert.Equal(
            Enumerable.Range(0, 5).Select(index => (long)entries - index),
            (await Open().ReadJournalAsync(new JournalQuery("a", Limit: 5), Cancellation)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task What_somebody_else_wrote_is_a_fault_and_never_a_state()
    {
        await Open().ReadFleetAsync(Cancellation);
        await _space.Raw().AddEntityAsync(new TableEntity("fleet", "fleet") { ["Version"] = 7 }, Cancellation);

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => Open().ReadFleetAsync(Cancellation));

        Assert.Contains("not written by this app", exception.Message);
    }

    [Fact]
    public async Task A_row_that_is_not_readable_is_a_fault_that_does_not_repeat_it()
    {
        await Open().ReadFleetAsync(Cancellation);
        await _space.Raw().AddEntityAsync(new TableEntity("fleet", "fleet") { ["Version"] = 7L, ["Json"] = """{"killSwitch":CANARY}""" }, Cancellation);

        var exception = await Assert.ThrowsAsync<StateStoreException>(() => Open().ReadFleetAsync(Cancellation));

        Assert.Contains(_space.Name, exception.Message);
        Assert.DoesNotContain("CANARY", exception.Message);
    }

    [Fact]
    public async Task A_table_that_disappears_is_a_fault_and_not_an_empty_state()
    {
        var store = Open();
        await store.WriteFleetAsync(new FleetRow { KillSwitch = new KillSwitch(true, "ana", "drill", Noon) }, Cancellation);
        await _space.Raw().DeleteAsync(Cancellation);

        await Assert.ThrowsAsync<StateStoreException>(() => store.ReadFleetAsync(Cancellation));
        await Assert.ThrowsAsync<StateStoreException>(() => store.ReadTargetsAsync(Cancellation));
        await Assert.ThrowsAsync<StateStoreException>(() => store.WriteFleetAsync(new FleetRow(), Cancellation));
    }

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static TableEntity Numbered(TableEntity entity, long number)
    {
        var json = JsonSerializer.Serialize(Entry("a", number), StateJson.Default.JournalEntry);
        return new TableEntity(entity) { RowKey = (long.MaxValue - number).ToString("D19"), ["Json"] = json };
    }
}
