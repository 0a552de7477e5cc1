using NSubstitute;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class PolicyWatchTests : IAsyncDisposable
{
    private const string Horizontal = "horizontal-scaling.yml";

    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-watch-").FullName;
    private readonly ResourceKinds _kinds = new();
    private readonly List<string> _told = [];
    private readonly MovedTime _time = new() { StandsAt = TimeProvider.System.GetUtcNow() };
    private readonly SqliteStateStore _store;

    public PolicyWatchTests() => _store = SqliteStateStore.Open(Directory.CreateDirectory(Path.Combine(_directory, "state")).FullName);

    private string Policies => Path.Combine(_directory, "policies");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_file_counts_when_two_looks_with_seconds_between_them_agree()
    {
        using var watch = await StartAsync();
        Assert.Equal(12, await MaximumAsync(watch));

        Edit("maximum: 12", "maximum: 11");

        Assert.Equal(12, await MaximumAsync(watch));
        Assert.Equal(12, await MaximumAsync(watch));
        _time.Ahead += PolicyLooks.Settled;
        Assert.Equal(11, await MaximumAsync(watch));
        Assert.Equal(11, await MaximumAsync(watch));
        Assert.Single(_told, line => line.StartsWith("policies changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_that_is_written_file_by_file_counts_only_when_it_is_whole()
    {
        using var watch = await StartAsync();
        await MaximumAsync(watch);
        foreach (var maximum in new[] { 11, 10, 9 })
        {
            Edit($"maximum: {maximum + 1}", $"maximum: {maximum}");
            Assert.Equal(12, await MaximumAsync(watch));
            _time.Ahead += PolicyLooks.Settled - TimeSpan.FromSeconds(1);
            Assert.Equal(12, await MaximumAsync(watch));
        }

        _time.Ahead += PolicyLooks.Settled;

        Assert.Equal(9, await MaximumAsync(watch));
        Assert.Single(_told, line => line.StartsWith("policies changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_set_that_changes_while_it_is_read_waits_until_it_rests()
    {
        await SamplePolicies.WriteToAsync(Policies);
        var files = new BusyFiles(new DirectoryPolicies(Policies));
        using var watch = new PolicyWatch(files, new RowStore(_store), _kinds, _time, _told.Add, new LastGoodPolicies(_store));
        Assert.Equal(12, await MaximumAsync(watch));
        Edit("maximum: 12", "maximum: 11");
        files.WhileRead = () => Edit("maximum: 11", "maximum: 10");

        Assert.Equal(12, await SettledAsync(watch));
        Assert.Equal(12, await MaximumAsync(watch));
        files.WhileRead = null;
        Assert.Equal(10, await SettledAsync(watch));
    }

    [Fact]
    public async Task A_change_between_the_start_and_the_first_look_is_not_missed()
    {
        using var watch = await StartAsync();

        Edit("maximum: 12", "maximum: 11");

        Assert.Equal(11, await SettledAsync(watch));
        Assert.Equal((await watch.CurrentAsync(Cancellation)).Version, (await _store.ReadFleetAsync(Cancellation)).PolicyVersion);
    }

    [Fact]
    public async Task A_file_that_only_became_readable_again_is_loaded()
    {
        await SamplePolicies.WriteToAsync(Policies);
        PolicyWatch watch;
        await using (new FileStream(Path.Combine(Policies, Horizontal), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            watch = Watch(_store);
            Assert.Empty((await watch.CurrentAsync(Cancellation)).HorizontalScaling);
        }

        using (watch)
        {
            await watch.CurrentAsync(Cancellation);
            _time.Ahead += PolicyLooks.Settled;
            Assert.Equal(12, await MaximumAsync(watch));
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_for_a_while_keeps_the_last_good_set()
    {
        using var watch = await StartAsync();
        await MaximumAsync(watch);

        await using (new FileStream(Path.Combine(Policies, Horizontal), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(12, await SettledAsync(watch));
            Assert.Equal(12, await MaximumAsync(watch));
            Assert.Single(_told, line => line.Contains("the last good set stays in force", StringComparison.Ordinal));
        }

        Assert.Equal(12, await MaximumAsync(watch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_set_that_the_store_did_not_take_is_noted_at_the_next_look(bool isFirst)
    {
        var store = Substitute.For<IStateStore>();
        var fails = isFirst;
        store.ReadFleetAsync(Arg.Any<CancellationToken>()).Returns(
            call => fails ? throw new StateStoreException("locked") : _store.ReadFleetAsync(call.Arg<CancellationToken>()));
        store.WriteFleetAsync(Arg.Any<FleetRow>(), Arg.Any<CancellationToken>()).Returns(
            call => _store.WriteFleetAsync(call.Arg<FleetRow>(), call.Arg<CancellationToken>()));
        await SamplePolicies.WriteToAsync(Policies);
        using var watch = Watch(store);
        if (!isFirst)
        {
            await MaximumAsync(watch);
            Edit("maximum: 12", "maximum: 11");
            await MaximumAsync(watch);
            _time.Ahead += PolicyLooks.Settled;
            fails = true;
        }

        await Assert.ThrowsAsync<StateStoreException>(() => watch.CurrentAsync(Cancellation));
        fails = false;
        var current = await watch.CurrentAsync(Cancellation);

        Assert.Equal(isFirst ? 12 : 11, current.HorizontalScaling[0].Maximum);
        Assert.Equal(current.Version, (await _store.ReadFleetAsync(Cancellation)).PolicyVersion);
        await watch.CurrentAsync(Cancellation);
        await store.Received(isFirst ? 1 : 2).WriteFleetAsync(Arg.Any<FleetRow>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Kinds_that_a_policy_declares_are_known_at_once()
    {
        using var watch = await StartAsync();
        Assert.Empty(_kinds.Declared);

        await File.WriteAllTextAsync(
            Path.Combine(Policies, "kinds.yml"),
            """
            apiVersion: scalefunctions/v1
            kind: ResourceKind
            metadata: { name: search }
            spec: { type: Microsoft.Search/searchServices, apiVersion: 2023-11-01, capacity: properties.replicaCount, write: PATCH, minimum: 1, maximum: 12 }
            """,
            Cancellation);
        await SettledAsync(watch);

        Assert.Equal("search", Assert.Single(_kinds.Declared).Name);
    }

    [Fact]
    public async Task After_a_restart_on_files_that_cannot_be_used_the_last_good_set_is_in_force_and_told()
    {
        using (var before = await StartAsync())
        {
            await MaximumAsync(before);
        }

        Break();
        using var watch = Watch(_store);
        var current = await watch.CurrentAsync(Cancellation);
        await watch.CurrentAsync(Cancellation);

        Assert.False(current.AreBoundsLost);
        Assert.Equal((12, PolicyMode.Act), (Assert.Single(current.HorizontalScaling).Maximum, current.Workloads[0].Mode));
        var fleet = await _store.ReadFleetAsync(Cancellation);
        Assert.Equal((current.Version, current.Version), (fleet.PolicyTrouble?.Version, fleet.PolicyVersion));
        Assert.Single(await JournalAsync(), text => text.StartsWith("the policy files cannot be used: guardrails or a change calendar may stand in files", StringComparison.Ordinal));

        File.Delete(Path.Combine(Policies, "guardrails.yml"));
        Assert.Equal(12, await SettledAsync(watch));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);
        Assert.Single(await JournalAsync(), text => text.StartsWith("the policy files can be used again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gone", "there is no directory")]
    [InlineData("empty", "there is no policy file")]
    [InlineData("file", "is a file")]
    public async Task After_a_restart_without_files_the_last_good_set_is_in_force_and_told(string left, string why)
    {
        using (var before = await StartAsync())
        {
            await MaximumAsync(before);
        }

        Directory.Delete(Policies, recursive: true);
        if (left == "empty")
        {
            Directory.CreateDirectory(Policies);
        }
        else if (left == "file")
        {
            await File.WriteAllTextAsync(Policies, "", Cancellation);
        }

        using var watch = new PolicyWatch(
            Policies, PolicyDirectory.ReadOrTell(Policies), new RowStore(_store), _kinds, _time, _told.Add, new LastGoodPolicies(_store));

        Assert.Equal(12, await MaximumAsync(watch));
        Assert.Contains(why, (await _store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_files_and_without_a_set_that_was_kept_each_tick_fails_until_there_are_some()
    {
        using var watch = new PolicyWatch(
            Policies, PolicyDirectory.ReadOrTell(Policies), new RowStore(_store), _kinds, _time, _told.Add, new LastGoodPolicies(_store));
        for (var tick = 0; tick < 2; tick++)
        {
            Assert.Contains("there is no directory", (await Assert.ThrowsAsync<ScaleFunctions.App.Commands.UserErrorException>(() => watch.CurrentAsync(Cancellation))).Message, StringComparison.Ordinal);
        }

        await SamplePolicies.WriteToAsync(Policies);
        await Assert.ThrowsAsync<ScaleFunctions.App.Commands.UserErrorException>(() => watch.CurrentAsync(Cancellation));
        _time.Ahead += PolicyLooks.Settled;

        Assert.Equal(12, await MaximumAsync(watch));
    }

    [Fact]
    public async Task A_directory_that_is_gone_for_minutes_is_told_and_one_that_is_replaced_is_not()
    {
        using var watch = await StartAsync();
        await MaximumAsync(watch);
        Directory.Move(Policies, Policies + "-old");
        Assert.Equal(12, await MaximumAsync(watch));
        _time.Ahead = TimeSpan.FromMinutes(4);
        Assert.Equal(12, await MaximumAsync(watch));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);

        _time.Ahead = TimeSpan.FromMinutes(5);
        Assert.Equal(12, await MaximumAsync(watch));
        Assert.Equal(12, await MaximumAsync(watch));
        Assert.Contains("there is no directory", (await _store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
        Assert.Single(_told, line => line.Contains("the last good set stays in force", StringComparison.Ordinal));

        Directory.Move(Policies + "-old", Policies);
        Assert.Equal(12, await SettledAsync(watch));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);
    }

    /// <summary>Two deployments within minutes, each of which takes one: neither is five minutes.</summary>
    [Fact]
    public async Task A_directory_that_is_replaced_again_is_given_its_time_again()
    {
        using var watch = await StartAsync();
        await MaximumAsync(watch);
        foreach (var minutes in (int[])[0, 4, 8])
        {
            _time.Ahead = TimeSpan.FromMinutes(minutes);
            Directory.Move(Policies, Policies + "-old");
            Assert.Equal(12, await MaximumAsync(watch));
            Directory.Move(Policies + "-old", Policies);
            Assert.Equal(12, await MaximumAsync(watch));
        }

        Directory.Move(Policies, Policies + "-old");
        await MaximumAsync(watch);
        _time.Ahead += TimeSpan.FromMinutes(4);
        await MaximumAsync(watch);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);

        _time.Ahead += TimeSpan.FromMinutes(1);
        await MaximumAsync(watch);
        Assert.Contains("there is no directory", (await _store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workloads.yml", "no usable Workload is left")]
    [InlineData(Horizontal, "no usable HorizontalScaling is left")]
    public async Task A_set_that_would_govern_nothing_is_not_used_and_told(string file, string why)
    {
        using var watch = await StartAsync();
        await MaximumAsync(watch);

        File.Delete(Path.Combine(Policies, file));
        await SettledAsync(watch);
        var current = await watch.CurrentAsync(Cancellation);

        Assert.Equal((1, 1), (current.Workloads.Count, current.HorizontalScaling.Count));
        Assert.Contains(why, (await _store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
    }

    /// <summary>Kept by a version of ours that had other ideas of what can be used.</summary>
    [Fact]
    public async Task A_kept_set_that_governs_nothing_is_not_used()
    {
        IReadOnlyList<PolicyFile> files = [.. SamplePolicies.Files().Where(file => file.Name != Horizontal)];
        Assert.True(await new LastGoodPolicies(_store).KeepAsync(PolicyReader.Read(files), files, _time.GetUtcNow(), Cancellation));
        await SamplePolicies.WriteToAsync(Policies);
        Break();
        using var watch = Watch(_store);

        Assert.True((await watch.CurrentAsync(Cancellation)).AreBoundsLost);
    }

    [Fact]
    public async Task Links_that_lead_back_are_not_followed_and_links_to_files_are()
    {
        await SamplePolicies.WriteToAsync(Policies);
        var files = PolicyDirectory.ReadFiles(Policies).Count;
        foreach (var link in new[] { "a", "b" })
        {
            Directory.CreateSymbolicLink(Path.Combine(Policies, link), Policies);
        }

        File.CreateSymbolicLink(Path.Combine(Policies, "again.yml"), Path.Combine(Policies, Horizontal));

        Assert.Equal(files + 1, PolicyDirectory.ReadFiles(Policies).Count);
    }

    [Fact]
    public async Task A_set_that_is_not_what_the_files_say_acts_for_a_week_and_observes_then_a_restart_counts_for_nothing()
    {
        using (var before = await StartAsync())
        {
            await MaximumAsync(before);
            Break();
            await SettledAsync(before);
            Assert.NotNull((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);
            Assert.Equal(PolicyMode.Act, (await before.CurrentAsync(Cancellation)).Workloads[0].Mode);
            _time.Ahead = PolicyTrouble.ActsFor - TimeSpan.FromHours(1);
            Assert.Equal(PolicyMode.Act, (await before.CurrentAsync(Cancellation)).Workloads[0].Mode);
        }

        _time.Ahead = PolicyTrouble.ActsFor + TimeSpan.FromHours(1);
        using var watch = Watch(_store);

        Assert.All((await watch.CurrentAsync(Cancellation)).Workloads, workload => Assert.Equal(PolicyMode.Observe, workload.Mode));
    }

    [Fact]
    public async Task What_is_too_large_to_be_kept_leaves_no_earlier_set_in_its_place()
    {
        using (var watch = await StartAsync())
        {
            await MaximumAsync(watch);
            for (var file = 0; file < 5; file++)
            {
                await File.WriteAllTextAsync(Path.Combine(Policies, $"large-{file}.yml"), new string('#', 250 * 1024), Cancellation);
            }

            await SettledAsync(watch);
            Assert.Contains(_told, line => line.Contains("too large to be kept", StringComparison.Ordinal));
        }

        Break();
        using var after = Watch(_store);
        Assert.True((await after.CurrentAsync(Cancellation)).AreBoundsLost);
    }

    [Fact]
    public async Task Without_a_set_that_was_ever_good_nobody_acts()
    {
        await SamplePolicies.WriteToAsync(Policies);
        Break();
        using var watch = Watch(_store);

        Assert.True((await watch.CurrentAsync(Cancellation)).AreBoundsLost);
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).PolicyTrouble);
        Assert.Null(await _store.ReadDocumentAsync("policies", "last-good", Cancellation));
    }

    [Fact]
    public async Task A_kept_set_that_is_not_what_was_kept_is_not_used()
    {
        using (var before = await StartAsync())
        {
            await MaximumAsync(before);
        }

        Break();
        var kept = (await _store.ReadDocumentAsync("policies", "last-good", Cancellation))!;
        await _store.WriteDocumentAsync(kept with { Json = kept.Json.Replace("\"version\": \"", "\"version\": \"0", StringComparison.Ordinal) }, Cancellation);
        using var watch = Watch(_store);

        Assert.True((await watch.CurrentAsync(Cancellation)).AreBoundsLost);
    }

    [Fact]
    public async Task A_kept_set_that_cannot_be_read_keeps_files_that_are_right_from_nothing_and_is_kept_anew()
    {
        await _store.WriteDocumentAsync(new StoredDocument("policies", "last-good", 0, "{", DateTimeOffset.MaxValue), Cancellation);
        using (var watch = await StartAsync())
        {
            Assert.Equal(12, await MaximumAsync(watch));
        }

        Break();
        using var after = Watch(_store);
        Assert.Equal(12, await MaximumAsync(after));
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<PolicyWatch> StartAsync()
    {
        await SamplePolicies.WriteToAsync(Policies);
        return Watch(_store);
    }

    private PolicyWatch Watch(IStateStore store) =>
        new(Policies, PolicyDirectory.Read(Policies), new RowStore(store), _kinds, _time, _told.Add, new LastGoodPolicies(_store));

    /// <summary>Guardrails that nobody can read.</summary>
    private void Break() => File.WriteAllText(Path.Combine(Policies, "guardrails.yml"), "apiVersion: scalefunctions/v1\nkind: Guardrails\nspec: [");

    private async Task<IReadOnlyList<string>> JournalAsync() =>
        [.. (await _store.ReadJournalAsync(new JournalQuery(Core.Journal.JournalEntry.FleetChain), Cancellation)).Select(entry => entry.Text)];

    private static async Task<int> MaximumAsync(PolicyWatch watch) =>
        Assert.Single((await watch.CurrentAsync(Cancellation)).HorizontalScaling).Maximum;

    /// <summary>After a look at what is new and one some seconds later.</summary>
    private async Task<int> SettledAsync(PolicyWatch watch)
    {
        await MaximumAsync(watch);
        _time.Ahead += PolicyLooks.Settled;
        return await MaximumAsync(watch);
    }

    private void Edit(string old, string now)
    {
        var file = Path.Combine(Policies, Horizontal);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, now, StringComparison.Ordinal));

        // Saved again within the clock's grain, a file would look as it was: its size is the same.
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
    }

    /// <summary>Files that somebody writes while they are read.</summary>
    private sealed class BusyFiles(IPolicyFiles files) : IPolicyFiles
    {
        public Action? WhileRead { get; set; }

        public string Place => files.Place;

        public TimeSpan Every => files.Every;

        public Task<string> StampAsync(CancellationToken cancellationToken) => files.StampAsync(cancellationToken);

        public async Task<PolicySnapshot?> ReadAsync(CancellationToken cancellationToken)
        {
            var read = await files.ReadAsync(cancellationToken);
            WhileRead?.Invoke();
            return read;
        }
    }
}
