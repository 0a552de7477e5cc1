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
        (await place.RunAsync("state restore copy.db new")).ShouldRefuse("there is a state in new already");
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
        Assert.False(File.Exists(place.File("new/state.db")));
    }

    private static async Task<List<long>> OpenedAsync(Workplace place) =>
        [.. (await place.RunAsync("history --state new --limit 100000 --format json")).ShouldBe(0).Json().EnumerateArray()
            .Where(entry => entry.GetProperty("kind").GetString() == "IntentOpened")
            .Select(entry => entry.GetProperty("facts").GetProperty("intent").GetProperty("epoch").GetInt64())];
}
