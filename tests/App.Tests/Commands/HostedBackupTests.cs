using ScaleFunctions.App.Tests.Hosting;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>A state goes from a directory into a table, and back, and is the same.</summary>
public sealed class HostedBackupTests
{
    [Fact]
    public async Task A_state_in_a_table_is_backed_up_restored_proven_and_stopped()
    {
        using var storage = await StorageEmulator.StartAsync();
        await using var place = new Workplace();
        (await place.RunAsync($"--duration 65m --port 0 --state st --trace {place.WriteWave()}")).ShouldBe(0);
        (await place.RunAsync("state backup copy.db --state st")).ShouldBe(0);

        var into = (await HostedAsync(place, storage.ConnectionString, "first", "state restore copy.db --hosted --by ann --reason moved")).ShouldBe(0);
        Assert.Contains("restored into the table first. The kill switch is set", into.Error, StringComparison.Ordinal);
        (await HostedAsync(place, storage.ConnectionString, "first", "state restore copy.db --hosted")).ShouldRefuse("the table first holds a state already");

        var backup = (await HostedAsync(place, storage.ConnectionString, "first", "state backup table.db --hosted")).ShouldBe(0);
        Assert.DoesNotContain("warning", backup.Error, StringComparison.Ordinal);
        (await HostedAsync(place, storage.ConnectionString, "first", "state backup table.db --hosted")).ShouldRefuse("is there already");

        (await HostedAsync(place, storage.ConnectionString, "second", "state restore table.db --hosted --by bob --reason again")).ShouldBe(0);
        (await HostedAsync(place, storage.ConnectionString, "second", "state backup second.db --hosted")).ShouldBe(0);
        (await place.RunAsync("state restore second.db new --by cid --reason home")).ShouldBe(0);
        (await place.RunAsync("history --verify --state new")).ShouldBe(0);
        Assert.Equal(
            await StateFiles.ReadAsync(place.File("st"), EntriesOf("1")),
            await StateFiles.ReadAsync(place.File("new"), EntriesOf("json_extract(json, '$.kind') NOT IN ('Restore', 'KillSwitch')")));
        Assert.Equal(
            await StateFiles.ReadAsync(place.File("st"), "SELECT group_concat(partition || key || json) FROM documents"),
            await StateFiles.ReadAsync(place.File("new"), "SELECT group_concat(partition || key || json) FROM documents"));
        Assert.Equal("1", await StateFiles.ReadAsync(place.File("new"), "SELECT json_extract(json, '$.killSwitch.isSet') FROM fleet"));
    }

    /// <summary>An app in Azure does not say of which Azure its state is; a copy of it does.</summary>
    [Fact]
    public async Task A_copy_of_a_deployed_app_is_of_Azure_itself_wherever_it_is_restored()
    {
        using var storage = await StorageEmulator.StartAsync();
        await using var place = new Workplace();
        await StateFiles.WriteAsync(place.File("app"), "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web");
        (await place.RunAsync("state backup copy.db --state app")).ShouldBe(0);
        (await HostedAsync(place, storage.ConnectionString, "app", "state restore copy.db --hosted --by ann --reason moved")).ShouldBe(0);

        (await HostedAsync(place, storage.ConnectionString, "app", "state backup table.db --hosted")).ShouldBe(0);
        var restored = (await place.RunAsync("state restore table.db real --by ann --reason home")).ShouldBe(0);

        Assert.Contains("go on with 'apply --azure --yes --state real'", restored.Error, StringComparison.Ordinal);
        (await place.RunAsync("serve --duration 5m --port 0 --state real")).ShouldRefuse("is of Azure itself");
        (await place.RunAsync("apply --yes --state real")).ShouldRefuse("is of Azure itself");
    }

    [Theory]
    [InlineData("state backup x.db --hosted", "StateStorage__tableServiceUri")]
    [InlineData("state restore x.db", "name one of them")]
    [InlineData("state restore x.db new --hosted", "name one of them")]
    public async Task What_it_is_of_has_to_be_named(string command, string why)
    {
        await using var place = new Workplace();

        (await place.RunAsync(command)).ShouldRefuse(why);
    }

    [Fact]
    public async Task An_empty_table_is_no_state()
    {
        using var storage = await StorageEmulator.StartAsync();
        await using var place = new Workplace();

        (await HostedAsync(place, storage.ConnectionString, "nothing", "state backup x.db --hosted")).ShouldRefuse("there is no state in the table nothing");

        Assert.False(File.Exists(place.File("x.db")));
    }

    private static string EntriesOf(string which) =>
        $"SELECT group_concat(chain || sequence || hash) FROM (SELECT * FROM journal WHERE {which} ORDER BY chain, sequence)";

    private static Task<Finished> HostedAsync(Workplace place, string connection, string table, string arguments) => place.Start(
        arguments.Split(' '),
        new Dictionary<string, string> { ["StateStorage"] = connection, ["StateStorage__table"] = table }).EndAsync();
}
