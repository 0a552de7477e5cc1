using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>Scale sets that are not the usual: instance mixes, flexible ones, instances that are protected.</summary>
public sealed class ScaleSetFormsTests : ScaleSetTest
{
    private static readonly TargetId Mixed = Id("mixed");
    private static readonly TargetId Loose = Id("loose");
    private static readonly TargetId Kept = Id("kept");

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 2,
        Estate = new EstateSpec(
        [
            Spec("web"),
            Spec("mixed") with { Orchestration = "Flexible", MixedSizes = ["Standard_D4s_v5", "Standard_D4as_v5"], UpgradeMode = "Rolling" },
            Spec("loose") with { Orchestration = "Flexible", HasModel = false },
            Spec("kept") with { ProtectedInstances = 3 },
        ]),
    };

    [Fact]
    public async Task A_mix_is_read_and_only_its_capacity_is_written()
    {
        var read = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Mixed, Cancellation));
        Assert.Equal((4, "Mix"), (read.Capacity, read.Sku));

        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(new CapacityWrite(Mixed, 6, read.ETag) { From = 4 }, Cancellation));
        Assert.Equal("""{"sku":{"capacity":6}}""", Assert.Single(Sandbox.Writes.All).Body);
    }

    [Fact]
    public async Task The_inventory_tells_what_there_is_to_know_of_them()
    {
        var listing = new TargetListing(Subscription);
        await new ScaleSetList(Connect()).ReadAsync(listing, Cancellation);

        Assert.Empty(listing.Problems);
        Assert.Equal([Kept, Mixed, Web], listing.Targets.Select(target => target.Id).OrderBy(id => id.Key));
        Assert.Equal(
            "an instance mix: its instances are of several sizes, and no one price is theirs; its upgrades roll, and hold back changes while they do",
            listing.Targets.Single(target => target.Id == Mixed).Remark);
        var loose = Assert.Single(listing.LeftAlone);
        Assert.Equal(
            (Loose, OwnerKind.Platform, "it has no model of its instances (flexible orchestration), so it has no count to set"),
            (loose.Id, loose.Owner.Kind, loose.Owner.Why));
    }

    [Fact]
    public async Task One_without_a_count_has_none_by_default() => Assert.StartsWith(
        "left alone: ", Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Loose, Cancellation)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Is_not_lowered_below_its_protected_instances()
    {
        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await KeptAsync(2), Cancellation));

        Assert.Equal("nothing was sent: 3 of its instances are protected from scale-in", rejected.Message);
        Assert.Empty(Sandbox.Writes.All);

        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await KeptAsync(3), Cancellation));
    }

    [Fact]
    public async Task Is_not_lowered_while_nobody_knows_what_is_protected()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "kept/virtualMachines");

        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await KeptAsync(3), Cancellation));

        Assert.Contains("whether instances are protected from scale-in could not be read", rejected.Message, StringComparison.Ordinal);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task What_is_protected_is_known_before_a_plan_and_asked_once_in_five_minutes()
    {
        var target = Target();

        Assert.Equal(3, Assert.IsType<FactReading<PlatformBound>.Known>(await target.ReadLeastAsync(Kept, Cancellation)).Value.Instances);
        var reads = Count(RequestKind.ScaleSetInstances);
        await target.ReadLeastAsync(Kept, Cancellation);
        Assert.Equal(reads, Count(RequestKind.ScaleSetInstances));

        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", "web/virtualMachines");
        Assert.IsType<FactReading<PlatformBound>.Unknown>(await target.ReadLeastAsync(Web, Cancellation));
    }

    [Fact]
    public async Task A_raise_asks_for_no_protection()
    {
        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await KeptAsync(6), Cancellation));
        Assert.Equal(0, Count(RequestKind.ScaleSetInstances));
    }

    private async Task<CapacityWrite> KeptAsync(int goal)
    {
        var read = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Kept, Cancellation));
        return new CapacityWrite(Kept, goal, read.ETag) { From = read.Capacity };
    }
}
