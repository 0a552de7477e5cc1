using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.AppService;

/// <summary>Reading and changing the size of App Service plans: App Service puts new instances in the places of the old ones.</summary>
public sealed class PlanSizeTests : PlanTest
{
    private static readonly TargetId Narrow = PlanId("narrow");
    private static readonly TargetId Spread = PlanId("spread");
    private static readonly TargetId Small = PlanId("small");
    private static readonly TargetId Elastic = PlanId("elastic");

    protected override SandboxOptions Options() => base.Options() with
    {
        Estate = new EstateSpec([])
        {
            Plans =
            [
                Plan("portal") with { InitialCapacity = 5, Members = """{"sku":{"skuCapacity":{"minimum":1}}}""" },
                Plan("narrow") with { OfferedSizes = ["P1v3", "P2v3"] },
                Plan("spread") with { Members = """{"properties":{"zoneRedundant":true}}""" },
                Plan("small") with { InitialCapacity = 3 },
                Plan("elastic") with { Sku = "EP1", Tier = "ElasticPremium" },
            ],
        },
    };

    [Fact]
    public async Task Tells_its_size_and_those_it_could_have()
    {
        var read = await ReadAsync(Narrow);

        Assert.Equal(("P1v3", RollOutMode.ByResource, false, true), (read.Size, read.Mode, read.IsUpdating, read.ReplacesBeforehand));
        Assert.Equal(new SizedInstance("narrow", "P1v3", true, InstanceHealth.Unknown, true), Assert.Single(read.Instances));
        Assert.Equal(["P1v3", "P2v3"], read.Needs.Offered!.Order());
    }

    [Fact]
    public async Task Over_several_zones_it_has_no_size_of_one()
    {
        var offered = (await ReadAsync(Spread)).Needs.Offered!;

        Assert.Contains("P0v3", offered);
        Assert.DoesNotContain("S1", offered);
        Assert.DoesNotContain("B1", offered);
        Assert.Equal(FailureClass.Capacity, Assert.IsType<WriteResult.Rejected>(await WriteAsync(Spread, "S1")).Class);
    }

    /// <summary>Five instances are more than Basic has: what could never be written is not offered.</summary>
    [Fact]
    public async Task Of_a_size_that_may_have_fewer_instances_than_there_are_nothing_is_offered()
    {
        var read = await ReadAsync(Portal);

        Assert.Equal((5, 5), (read.Count, read.CountOf(instance => instance.IsRunning)));
        Assert.DoesNotContain("B2", read.Needs.Offered!);
        Assert.Contains("B2", (await ReadAsync(Small)).Needs.Offered!);
    }

    [Fact]
    public async Task One_that_scales_by_itself_is_left_alone() =>
        Assert.StartsWith("left alone: ", Assert.IsType<SizeReading.Unreadable>(await Target().ReadSizeAsync(Elastic, Cancellation)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Sends_the_plan_back_with_all_that_names_its_size_changed()
    {
        Assert.IsType<WriteResult.Accepted>(await WriteAsync(Portal, "P0v3", goal: 6));

        var write = Assert.Single(Sandbox.Writes.All);
        using var body = JsonDocument.Parse(write.Body);
        var sku = body.RootElement.GetProperty("sku");
        Assert.Equal(
            ("P0v3", "Premium0V3", "P0v3", "Pv3", 6),
            (Text("name"), Text("tier"), Text("size"), Text("family"), sku.GetProperty("capacity").GetInt32()));
        Assert.False(sku.TryGetProperty("skuCapacity", out _));
        Assert.True(body.RootElement.GetProperty("properties").GetProperty("reserved").GetBoolean());
        Assert.Equal(("P1v3", "P0v3"), (write.SizeBefore, write.SizeAfter));

        string? Text(string name) => sku.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Its_instances_are_replaced_without_any_missing()
    {
        var accepted = Assert.IsType<WriteResult.Accepted>(await WriteAsync(Portal, "P2v3"));
        Assert.True((await ReadAsync(Portal)).IsUpdating);
        Assert.Equal(new InstancesReading.Read(5, 5), await Target().ReadInstancesAsync(Portal, Cancellation));

        await PassAsync(3);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var read = await ReadAsync(Portal);
        Assert.Equal(("P2v3", false), (read.Size, read.IsUpdating));
        Assert.Equal(["P2v3", "P2v3", "P2v3", "P2v3", "P2v3"], Sandbox.Estate.SizesOf(Portal));
    }

    [Fact]
    public async Task A_size_that_cannot_be_had_leaves_the_plan_as_it_was()
    {
        Fault(new SizeNotAllocated("P2v3"), "PUT");
        var accepted = Assert.IsType<WriteResult.Accepted>(await WriteAsync(Portal, "P2v3"));
        await PassAsync(3);

        Assert.Equal(FailureClass.Capacity, Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation)).Class);
        Assert.Equal("P1v3", (await ReadAsync(Portal)).Size);
    }

    [Fact]
    public async Task Instances_that_are_not_well_at_a_size_leave_requests_waiting()
    {
        Fault(new UnhealthySize("P2v3"), "PUT");
        await WriteAsync(Portal, "P2v3");
        await PassAsync(5);

        Assert.True(Sandbox.Estate.Report(Portal) is { CpuPercent: 100, MinutesShort: > 0 });
    }

    [Theory]
    [InlineData("P3v3", FailureClass.Capacity, "SkuNotAvailable")]
    [InlineData("x\",\"a\":\"", FailureClass.Capacity, "SkuNotAvailable")]
    public async Task What_it_cannot_have_is_not_sent(string size, FailureClass failure, string code)
    {
        var refused = Assert.IsType<WriteResult.Rejected>(await WriteAsync(Narrow, size));

        Assert.Equal((failure, code), (refused.Class, refused.Code));
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task A_size_has_its_own_limit_of_instances()
    {
        var refused = Assert.IsType<WriteResult.Rejected>(await WriteAsync(Portal, "B2"));

        Assert.Equal((FailureClass.Quota, "PlanLimit"), (refused.Class, refused.Code));
        Assert.Contains("at most 3", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"value":[]}""")]
    [InlineData("""{"value":"none"}""")]
    [InlineData("[")]
    public async Task Without_the_list_of_its_sizes_nothing_is_known_and_nothing_sent(string list)
    {
        Fault(new AnswerWith(200, Body: list), "GET", "/skus");

        Assert.Null((await ReadAsync(Portal)).Needs.Offered);
        Assert.Equal("PlanSizes", Assert.IsType<WriteResult.Rejected>(await WriteAsync(Portal, "P2v3")).Code);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Theory]
    [InlineData("""{"skus":[{"name":"P2v3","tier":"PremiumV3"},{"name":"F1","tier":"Free"},{"name":"EP1","tier":"ElasticPremium"},{"tier":"Basic"},7]}""")]
    [InlineData("""{"value":[{"sku":{"name":"P2v3","tier":"PremiumV3"}}]}""")]
    public async Task Knows_the_list_in_either_form(string list)
    {
        Fault(new AnswerWith(200, Body: list), "GET", "/skus");

        Assert.Equal(["P2v3"], (await ReadAsync(Portal)).Needs.Offered!);
    }

    [Fact]
    public async Task One_that_changed_since_is_left_as_it_is()
    {
        var read = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Portal, Cancellation));
        Sandbox.Estate.SetCapacity(Portal, 6);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(new CapacityWrite(Portal, 5, read.ETag) { Size = "P2v3" }, Cancellation));
    }

    [Fact]
    public async Task There_is_nothing_to_bring_up_to_a_plan()
    {
        Assert.IsType<WriteResult.Rejected>(await Target().UpgradeAsync(new InstanceUpgrade(Portal, ["0"]), Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    private async Task<SizeReading.Read> ReadAsync(TargetId target) =>
        Assert.IsType<SizeReading.Read>(await Target().ReadSizeAsync(target, Cancellation));

    private async Task<WriteResult> WriteAsync(TargetId target, string size, int? goal = null)
    {
        var read = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(target, Cancellation));
        return await Target().WriteAsync(new CapacityWrite(target, goal ?? read.Capacity, read.ETag) { Size = size }, Cancellation);
    }

    private Task PassAsync(int minutes) => Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(minutes), Cancellation).AsTask();
}
