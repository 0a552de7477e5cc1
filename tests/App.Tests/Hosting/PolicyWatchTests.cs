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
    private readonly SqliteStateStore _store;

    public PolicyWatchTests() => _store = SqliteStateStore.Open(Directory.CreateDirectory(Path.Combine(_directory, "state")).FullName);

    private string Policies => Path.Combine(_directory, "policies");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_file_counts_from_the_next_look_on()
    {
        using var watch = await StartAsync();
        Assert.Equal(12, await MaximumAsync(watch));

        Edit("maximum: 12", "maximum: 11");

        Assert.Equal(11, await MaximumAsync(watch));
        Assert.Equal(11, await MaximumAsync(watch));
        Assert.Single(_told, line => line.StartsWith("policies changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_between_the_start_and_the_first_look_is_not_missed()
    {
        using var watch = await StartAsync();

        Edit("maximum: 12", "maximum: 11");

        Assert.Equal(11, await MaximumAsync(watch));
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
            Assert.Equal(12, await MaximumAsync(watch));
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
        await watch.CurrentAsync(Cancellation);

        Assert.Equal("search", Assert.Single(_kinds.Declared).Name);
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
        new(Policies, PolicyDirectory.Read(Policies), new RowStore(store), _kinds, TimeProvider.System, _told.Add);

    private static async Task<int> MaximumAsync(PolicyWatch watch) =>
        Assert.Single((await watch.CurrentAsync(Cancellation)).HorizontalScaling).Maximum;

    private void Edit(string old, string now)
    {
        var file = Path.Combine(Policies, Horizontal);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, now, StringComparison.Ordinal));

        // Saved again within the clock's grain, a file would look as it was: its size is the same.
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
    }
}
