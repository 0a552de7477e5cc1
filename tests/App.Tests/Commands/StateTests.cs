using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Commands.Operations;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class StateTests
{
    [Fact]
    public async Task A_backup_is_restored_checked_stopped_and_gone_on_with()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        (await place.RunAsync("state backup copy.db --state st")).ShouldBe(0);
        (await place.RunAsync("state backup copy.db --state st")).ShouldRefuse("is there already");
        (await place.RunAsync("--duration 2m --port 0 --state st")).ShouldBe(0);

        var restored = (await place.RunAsync("state", "restore", "copy.db", "new", "--by", "ann", "--reason", "disk lost")).ShouldBe(0);
        Assert.Contains("The kill switch is set", restored.Error, StringComparison.Ordinal);
        (await place.RunAsync("state restore copy.db new")).ShouldRefuse("new is not empty");
        (await place.RunAsync("history --verify --state new")).ShouldBe(0);

        // Stopped, it settles what was open and opens nothing.
        (await place.RunAsync("--duration 2m --port 0 --state new")).ShouldBe(0);
        Assert.DoesNotContain(await OpenedAsync(place), epoch => epoch > 1_000_000);
        (await place.RunAsync("kill-switch off --state new --reason looked")).ShouldBe(0);
        (await place.RunAsync("override web --minimum 14 --for 1h --state new")).ShouldBe(0);
        (await place.RunAsync("--duration 3m --port 0 --state new")).ShouldBe(0);

        var epochs = await OpenedAsync(place);
        Assert.Contains(epochs, epoch => epoch > 1_000_000);
        (await place.RunAsync("history --verify --state new")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_whole_copy_is_refused()
    {
        await using var place = new Workplace();
        place.Write("text.db", "no database");

        (await place.RunAsync("state restore text.db new")).ShouldRefuse("text.db cannot be read as a state");
        (await place.RunAsync("state restore none.db new")).ShouldRefuse("there is no file none.db");
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.File("new")));
    }

    /// <summary>Of two that restore at once both may have found the directory empty: here the first is held up while it reads the copy.</summary>
    [Fact]
    public async Task Who_is_second_to_restore_overwrites_nothing()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        Directory.CreateDirectory(place.File("copy"));
        (await place.RunAsync("state backup copy/state.db --state st")).ShouldBe(0);

        Task<Finished>? second = null;
        await StateFiles.HoldAsync(place.File("copy"), "BEGIN EXCLUSIVE", () =>
        {
            second = place.RunAsync("state restore copy/state.db new");
            Assert.True(SpinWait.SpinUntil(() => Directory.Exists(place.File("new")) && Directory.EnumerateDirectories(place.File("new"), "restoring-*").Any(), TimeSpan.FromSeconds(60)));
            File.WriteAllText(place.File("new/state.db"), "restored by the first");
        });

        (await second!).ShouldRefuse("state.db");
        Assert.Equal("restored by the first", await File.ReadAllTextAsync(place.File("new/state.db"), TestContext.Current.CancellationToken));
        Assert.Equal(["state.db"], Directory.EnumerateFileSystemEntries(place.File("new")).Select(Path.GetFileName));
    }

    /// <summary>What was written after the copy may have been lost with a log that did not come along; the kill switch is the last of it that may.</summary>
    [Fact]
    public async Task A_state_without_its_kill_switch_is_not_said_to_be_restored()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 1m --port 0 --state st")).ShouldBe(0);

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => StateCommand.ProveAsync(place.File("st"), TestContext.Current.CancellationToken));

        Assert.Contains("has no kill switch set after it was restored", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_lost_state_left_behind_is_not_mixed_with_what_is_restored()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        (await place.RunAsync("state backup copy.db --state st")).ShouldBe(0);
        File.Move(place.File("st/state.db"), place.File("st/state.db-wal"));

        (await place.RunAsync("state restore copy.db st")).ShouldRefuse("st is not empty");
    }

    [Fact]
    public async Task A_copy_whose_last_writes_are_in_the_log_beside_it_is_restored_with_them()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        Directory.CreateDirectory(place.File("raw"));
        await StateFiles.HoldAsync(place.File("st"), "UPDATE targets SET json = json_set(json, '$.pause', json('{\"by\":\"ann\",\"reason\":\"late\",\"direction\":\"Both\",\"at\":\"2026-11-29T00:00:00Z\"}')) WHERE key LIKE '%/web'", () =>
        {
            File.Copy(place.File("st/state.db"), place.File("raw/state.db"));
            File.Copy(place.File("st/state.db-wal"), place.File("raw/state.db-wal"));
        });

        (await place.RunAsync("state restore raw/state.db new")).ShouldBe(0);

        Assert.Contains("late", await StateFiles.ReadAsync(place.File("new"), "SELECT json FROM targets WHERE key LIKE '%/web'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_with_a_changed_journal_is_restored_and_told()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 5m --port 0 --state st")).ShouldBe(0);
        await StateFiles.ChangeAsync(place.File("st"), "DROP TRIGGER journal_stays; UPDATE journal SET json = json_set(json, '$.text', 'nothing') WHERE chain LIKE '%/web' AND sequence = 1;");
        (await place.RunAsync("state backup copy.db --state st")).ShouldBe(0);

        var restored = (await place.RunAsync("state restore copy.db new")).ShouldBe(0);

        Assert.Contains("warning: the journal of the copy is not whole: 1 chains", restored.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_gone_from_beside_its_queues_is_not_begun_anew()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldBe(0);
        (await place.RunAsync("kill-switch on --state st --reason stop")).ShouldBe(0);
        foreach (var file in Directory.GetFiles(place.File("st"), "state.db*"))
        {
            File.Delete(file);
        }

        File.WriteAllText(place.File("st/state.db"), "");

        (await place.RunAsync("--duration 3m --port 0 --state st")).ShouldRefuse("is gone, though the queues beside it are there");
    }

    [Fact]
    public async Task A_backup_that_cannot_be_made_is_in_nobodys_way()
    {
        await using var place = new Workplace();
        (await place.RunAsync("--duration 1m --port 0 --state st")).ShouldBe(0);
        Directory.CreateDirectory(place.File("copy.db.unfinished"));

        Assert.NotEqual(0, (await place.RunAsync("state backup copy.db --state st")).ExitCode);
        Directory.Delete(place.File("copy.db.unfinished"));

        (await place.RunAsync("state backup copy.db --state st")).ShouldBe(0);
    }

    private static async Task<List<long>> OpenedAsync(Workplace place) =>
        [.. (await place.RunAsync("history --state new --limit 100000 --format json")).ShouldBe(0).Json().EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "IntentOpened")
            .Select(entry => entry.GetProperty("facts").GetProperty("intent").GetProperty("epoch").GetInt64())];
}
