using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class RowStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A hundred workers who note what is known already must not keep a person from the kill switch.</summary>
    [Fact]
    public async Task A_change_of_the_fleet_that_changes_nothing_is_not_written()
    {
        var store = new MemoryStateStore();
        var rows = new RowStore(store);
        var set = await rows.ChangeFleetAsync(row => row.SetKillSwitch(true, "ann", "fire", Some.Noon), Cancellation);

        var same = await rows.ChangeFleetAsync(row => row, Cancellation);

        Assert.Equal(set.Version, same.Version);
        Assert.Equal(set.Version, (await store.ReadFleetAsync(Cancellation)).Version);
        Assert.Empty(same.Journal.Outbox);
    }
}
