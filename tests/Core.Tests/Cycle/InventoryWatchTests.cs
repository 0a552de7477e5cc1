using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class InventoryWatchTests
{
    private readonly MemoryStateStore _store = new();
    private readonly MemoryDocumentStore _documents = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_loss_makes_the_inventory_incomplete_and_is_told_once()
    {
        Assert.IsType<InventoryReading.Complete>(await TakeAsync(10, 0));

        var partial = Assert.IsType<InventoryReading.Partial>(await TakeAsync(7, 1));
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(7, 2));

        Assert.Equal(7, partial.Targets.Count);
        Assert.Contains("3 of 10 known resources are not seen any more (3 of s-1/microsoft.compute/virtualmachinescalesets)", partial.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await ToldAsync());
    }

    [Fact]
    public async Task An_ordinary_deletion_is_none()
    {
        await TakeAsync(10, 0);

        Assert.IsType<InventoryReading.Complete>(await TakeAsync(8, 1));
        Assert.IsType<InventoryReading.Complete>(await TakeAsync(7, 2));
        Assert.Equal(0, await ToldAsync());
    }

    [Fact]
    public async Task It_is_over_when_the_resources_are_back()
    {
        await TakeAsync(10, 0);
        await TakeAsync(5, 1);

        Assert.IsType<InventoryReading.Complete>(await TakeAsync(10, 2));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Shrink);
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(5, 3));
    }

    [Fact]
    public async Task It_is_accepted_after_an_hour_and_anew_when_more_is_missing()
    {
        await TakeAsync(10, 0);
        await TakeAsync(7, 1);
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(7, 60));
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(5, 60.5));

        Assert.IsType<InventoryReading.Partial>(await TakeAsync(5, 120));
        Assert.IsType<InventoryReading.Complete>(await TakeAsync(5, 120.5));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Shrink);
        Assert.IsType<InventoryReading.Complete>(await TakeAsync(5, 122));
    }

    [Fact]
    public async Task It_is_accepted_at_once_when_a_person_confirms_it_but_not_for_what_vanishes_later()
    {
        await TakeAsync(20, 0);
        await TakeAsync(10, 1);
        await new RowStore(_store).ChangeFleetAsync(row => row.ConfirmShrink("ann", "decommissioned", Some.At(1)), Cancellation);

        Assert.IsType<InventoryReading.Partial>(await TakeAsync(4, 2));
        Assert.Null((await _store.ReadFleetAsync(Cancellation)).Shrink!.ConfirmedBy);
        await new RowStore(_store).ChangeFleetAsync(row => row.ConfirmShrink("ann", "these too", Some.At(2)), Cancellation);
        Assert.IsType<InventoryReading.Complete>(await TakeAsync(4, 3));
    }

    [Fact]
    public async Task As_many_that_vanish_elsewhere_are_others_and_a_person_is_asked_anew()
    {
        List<ObservedTarget> there = [.. Targets(10), .. Targets(10).Select(target => target with { Id = TargetId.Parse(target.Id.Value.Replace("s-1", "s-2", StringComparison.Ordinal)) })];
        await TakeAsync(new InventoryReading.Complete(there), 0);
        await TakeAsync(new InventoryReading.Complete([.. there.Skip(5)]), 1);
        var first = Assert.Single((await _store.ReadFleetAsync(Cancellation)).Approvals);
        await new RowStore(_store).ChangeFleetAsync(row => row with { Shrink = row.Shrink! with { ConfirmedBy = "ann" } }, Cancellation);

        Assert.IsType<InventoryReading.Partial>(await TakeAsync(new InventoryReading.Complete([.. there.SkipLast(5)]), 2));

        var fleet = await _store.ReadFleetAsync(Cancellation);
        Assert.Equal((null, Some.At(2)), (fleet.Shrink!.ConfirmedBy, fleet.Shrink.Since));
        Assert.StartsWith("others went missing: 5 of 20 (5 of s-2/", fleet.Approvals.Single(each => each.Id == first.Id).Void, StringComparison.Ordinal);
        Assert.Contains("5 of s-2/", fleet.Approvals[^1].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incomplete_inventory_proves_neither_a_loss_nor_its_end()
    {
        await TakeAsync(10, 0);
        await TakeAsync(5, 1);

        var partial = new InventoryReading.Partial(Targets(10), "page 2");
        Assert.Same(partial, await TakeAsync(partial, 2));
        Assert.NotNull((await _store.ReadFleetAsync(Cancellation)).Shrink);
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(5, 3));
    }

    [Fact]
    public async Task Somebody_elses_resources_are_kept_for_the_faces_and_count_as_there()
    {
        await TakeAsync(10, 0);
        var owned = Targets(5).Select(target => target with { Owner = new CapacityOwner(OwnerKind.Service, "AKS", "a tag") }).ToList();

        Assert.IsType<InventoryReading.Complete>(await TakeAsync(new InventoryReading.Complete([.. Targets(10).Skip(5)]) { LeftAlone = owned }, 1));

        var apart = await InventoryWatch.LeftAloneAsync(_documents, Cancellation);
        Assert.Equal((5, "AKS"), (apart.Total, apart.Resources[0].Owner.Name));
    }

    [Fact]
    public async Task What_is_only_observed_and_could_not_be_listed_is_no_loss()
    {
        var pools = Targets(20).Select((target, index) => target with
        {
            Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c/agentPools/p{index}"),
        }).ToList();
        var unread = new UnreadPart("S-1", "Microsoft.ContainerService/managedClusters/agentPools", "AKS clusters: 403");
        await TakeAsync(new InventoryReading.Complete(Targets(10)) { LeftAlone = pools }, 0);

        Assert.IsType<InventoryReading.Complete>(await TakeAsync(new InventoryReading.Complete(Targets(10)) { Unread = [unread] }, 1));

        // A loss beside it counts, and so does one of pools when they are listed again.
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(new InventoryReading.Complete(Targets(2)) { Unread = [unread] }, 2));
        Assert.IsType<InventoryReading.Partial>(await TakeAsync(new InventoryReading.Complete(Targets(10)), 3));
    }

    private Task<InventoryReading> TakeAsync(int targets, double minutes) => TakeAsync(new InventoryReading.Complete(Targets(targets)), minutes);

    /// <summary>Each time by another process: only the store remembers.</summary>
    private async Task<InventoryReading> TakeAsync(InventoryReading seen, double minutes) =>
        await new InventoryWatch(new RowStore(_store), _documents, new CycleOptions { Worker = "w", ModeCeiling = PolicyMode.Act })
            .TakeAsync(seen, await _store.ReadFleetAsync(Cancellation), Some.At(minutes), Cancellation);

    private async Task<int> ToldAsync() =>
        (await _store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation)).Count(entry => entry.Kind == JournalKind.Inventory);

    private static List<ObservedTarget> Targets(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Some.Target() with { Id = Some.Id($"set-{number}") })];
}
