using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>A state, ten scale sets, and a watch over policies of any place. It goes away with the test.</summary>
internal sealed class PolicyGround : ITargetInventory, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-sets-").FullName;

    public PolicyGround()
    {
        Store = SqliteStateStore.Open(Directory.CreateDirectory(Path.Combine(_directory, "state")).FullName);
        Kept = new LastGoodPolicies(Store);
        Desk = new PolicyDesk(new RowStore(Store), Kept, Time);
    }

    public MovedTime Time { get; } = new() { StandsAt = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero) };

    public SqliteStateStore Store { get; }

    public LastGoodPolicies Kept { get; }

    public PolicyDesk Desk { get; }

    public List<string> Told { get; } = [];

    public string Policies => Path.Combine(_directory, "policies");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string File(string name) => Path.Combine(_directory, name);

    public Task<InventoryReading> ListAsync(CancellationToken cancellationToken) => Task.FromResult<InventoryReading>(
        new InventoryReading.Complete([.. Enumerable.Range(0, 10).Select(i => new ObservedTarget
        {
            Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", $"set-{i}"),
            Region = "westeurope",
            Sku = "Standard_D4s_v5",
            Capacity = 3,
            IsUpdating = false,
            Tags = new TargetTags.Known(new Dictionary<string, string> { ["app"] = "shop", ["ring"] = i < 5 ? "canary" : "all" }),
            ReadAt = Time.GetUtcNow(),
        })]));

    public PolicyWatch Watch(IPolicyFiles? files = null) =>
        new(files ?? new DirectoryPolicies(Policies), new RowStore(Store), new ResourceKinds(), Time, Told.Add, Kept, this);

    /// <summary>After a look at what is new, and one when it has come to rest and every place may be looked at again.</summary>
    public async Task<PolicySet> SettledAsync(PolicyWatch watch)
    {
        for (var look = 0; look < 2; look++)
        {
            Time.Ahead += TimeSpan.FromSeconds(31);
            await watch.CurrentAsync(Cancellation);
        }

        return await watch.CurrentAsync(Cancellation);
    }

    public async Task<IReadOnlyList<string>> JournalAsync() =>
        [.. (await Store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation)).Select(entry => entry.Text)];

    public void Edit(string name, string old, string now)
    {
        var file = Path.Combine(Policies, name);
        var (text, at) = (System.IO.File.ReadAllText(file), System.IO.File.GetLastWriteTimeUtc(file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(file, text.Replace(old, now, StringComparison.Ordinal));

        // Saved again within the clock's grain, a file of the same size would look as it was.
        System.IO.File.SetLastWriteTimeUtc(file, at.AddSeconds(1));
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
