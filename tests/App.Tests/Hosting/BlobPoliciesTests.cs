using System.Text;
using Azure.Storage.Blobs;
using ScaleFunctions.Adapters.Storage.Blobs;
using ScaleFunctions.App.Commands;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.SelfCosts;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Policies of a container of the emulator of Azure Storage, which is skipped where it is not installed.</summary>
public sealed class BlobPoliciesTests : IDisposable
{
    private const string Horizontal = "horizontal-scaling.yml";

    private readonly PolicyGround _ground = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_uploaded_counts_when_two_listings_agree_and_an_outage_keeps_the_last_good_set()
    {
        using var storage = await StorageEmulator.StartAsync();
        var container = await UploadedAsync(storage.ConnectionString, "policies");
        using var watch = _ground.Watch(new BlobPolicies(BlobFolder.Open(storage.ConnectionString, "policies")));
        Assert.Equal(12, await MaximumAsync(watch));

        await UploadAsync(container, Horizontal, "maximum: 12", "maximum: 11");
        Assert.Equal(12, await LookAsync(watch));
        await UploadAsync(container, Horizontal, "maximum: 12", "maximum: 10");
        Assert.Equal(12, await LookAsync(watch));
        Assert.Equal(10, await LookAsync(watch));
        Assert.EndsWith("/policies", (await _ground.Desk.ListAsync(Cancellation)).Sets[0].Place, StringComparison.Ordinal);

        await container.DeleteBlobAsync("workloads.yml", cancellationToken: Cancellation);
        Assert.Equal(10, await SettledAsync(watch));
        Assert.Equal("no usable Workload is left", (await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why);
    }

    /// <summary>A container is listed twice a minute by each worker, which is billed; files are read when they were written only.</summary>
    [Fact]
    public async Task Listings_and_reads_are_counted_each_as_what_it_is_billed()
    {
        using var storage = await StorageEmulator.StartAsync();
        await UploadedAsync(storage.ConnectionString, "policies");
        var usage = new UsageCounter();
        var policies = new HostedPolicies.ContainerByKey(storage.ConnectionString, "policies").Open(usage);
        await policies.StampAsync(Cancellation);
        Assert.Equal([(UsageKind.BlobListings, 1L)], usage.Take().Select(each => (each.Key, each.Value)));

        await policies.ReadAsync(Cancellation);
        Assert.Equal([(UsageKind.BlobListings, 1L), (UsageKind.BlobReads, SamplePolicies.Files().Count)], usage.Take().Select(each => (each.Key, each.Value)));
    }

    [Fact]
    public async Task An_account_that_is_away_is_told_after_minutes_and_over_a_restart_the_last_good_set_goes_on()
    {
        var storage = await StorageEmulator.StartAsync();
        await UploadedAsync(storage.ConnectionString, "policies");
        var files = new BlobPolicies(BlobFolder.Open(storage.ConnectionString, "policies"));
        using (var watch = _ground.Watch(files))
        {
            await watch.CurrentAsync(Cancellation);
            storage.Dispose();
            Assert.Equal(12, await LookAsync(watch));
            Assert.Null((await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble);
            _ground.Time.Ahead += TimeSpan.FromMinutes(5);
            Assert.Equal(12, await LookAsync(watch));
            Assert.Contains("cannot be read", (await _ground.Store.ReadFleetAsync(Cancellation)).PolicyTrouble?.Why, StringComparison.Ordinal);
        }

        using var again = _ground.Watch(files);
        Assert.Equal(12, await MaximumAsync(again));
    }

    [Fact]
    public async Task A_container_that_is_not_there_or_holds_no_policy_is_told_and_what_is_large_is_refused_by_the_reader()
    {
        using var storage = await StorageEmulator.StartAsync();
        var none = await Assert.ThrowsAsync<UserErrorException>(() => new BlobPolicies(BlobFolder.Open(storage.ConnectionString, "none")).ReadAsync(Cancellation));
        Assert.Contains("404 ContainerNotFound", none.Message, StringComparison.Ordinal);

        var container = new BlobContainerClient(storage.ConnectionString, "mine");
        await container.CreateAsync(cancellationToken: Cancellation);
        await container.UploadBlobAsync("readme.md", BinaryData.FromString("not a policy"), Cancellation);
        var policies = new BlobPolicies(BlobFolder.Open(storage.ConnectionString, "mine"));
        var empty = await Assert.ThrowsAsync<UserErrorException>(() => policies.ReadAsync(Cancellation));
        Assert.Contains("there is no policy file", empty.Message, StringComparison.Ordinal);

        await container.UploadBlobAsync("deep/large.yml", BinaryData.FromString(new string('#', 300 * 1024)), Cancellation);
        await container.UploadBlobAsync("empty.yml", BinaryData.FromString(""), Cancellation);
        var read = (await policies.ReadAsync(Cancellation))!;
        Assert.Equal([("deep/large.yml", 256 * 1024 + 1), ("empty.yml", 0)], read.Files.Select(file => (file.Name, file.Content.Length)));
        Assert.Contains(read.Policies.Errors, error => error.ToString().StartsWith("deep/large.yml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_blob_that_is_written_after_it_was_listed_is_not_read()
    {
        using var storage = await StorageEmulator.StartAsync();
        var container = await UploadedAsync(storage.ConnectionString, "policies");
        var folder = BlobFolder.Open(storage.ConnectionString, "policies");
        var listed = (await folder.ListAsync(10, Cancellation)).Single(blob => blob.Name == Horizontal);
        Assert.NotNull(await folder.ReadAsync(listed, 10, Cancellation));

        await UploadAsync(container, Horizontal, "maximum: 12", "maximum: 11");

        Assert.Null(await folder.ReadAsync(listed, 10, Cancellation));
        await Assert.ThrowsAsync<IOException>(() => folder.ListAsync(2, Cancellation));
    }

    public void Dispose() => _ground.Dispose();

    private static async Task<BlobContainerClient> UploadedAsync(string connection, string name)
    {
        var container = new BlobContainerClient(connection, name);
        await container.CreateAsync(cancellationToken: Cancellation);
        foreach (var file in SamplePolicies.Files())
        {
            await container.UploadBlobAsync(file.Name, new BinaryData(file.Content), Cancellation);
        }

        return container;
    }

    private static async Task UploadAsync(BlobContainerClient container, string name, string old, string now)
    {
        var text = Encoding.UTF8.GetString(SamplePolicies.Files().Single(file => file.Name == name).Content.Span);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text.Replace(old, now, StringComparison.Ordinal)), overwrite: true, Cancellation);
    }

    /// <summary>One look, when a place may be looked at again.</summary>
    private async Task<int> LookAsync(PolicyWatch watch)
    {
        _ground.Time.Ahead += TimeSpan.FromSeconds(31);
        return await MaximumAsync(watch);
    }

    private async Task<int> SettledAsync(PolicyWatch watch) => Assert.Single((await _ground.SettledAsync(watch)).HorizontalScaling).Maximum;

    private static async Task<int> MaximumAsync(PolicyWatch watch) => Assert.Single((await watch.CurrentAsync(Cancellation)).HorizontalScaling).Maximum;
}
