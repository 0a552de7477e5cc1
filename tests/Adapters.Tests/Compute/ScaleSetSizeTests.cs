using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Limits;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>Reading and changing the size of scale sets that are rolled out by hand, by Azure, and of those nobody should touch.</summary>
public sealed class ScaleSetSizeTests : ScaleSetTest
{
    private const string Old = "Standard_D4s_v5";
    private const string New = "Standard_D2s_v5";

    private static readonly TargetId Rolling = Id("rolling");
    private static readonly TargetId Automatic = Id("automatic");
    private static readonly TargetId Needy = Id("needy");

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 3,
        Estate = new EstateSpec(
        [
            Spec("web"),
            Spec("rolling") with { UpgradeMode = "Rolling", InitialCapacity = 6 },
            Spec("automatic") with { UpgradeMode = "Automatic" },
            Spec("needy") with
            {
                DataDisks = 6, HasPremiumDisks = true, NetworkInterfaces = 2, HasAcceleratedNetworking = true, EphemeralDiskGiB = 64, Sku = "Standard_F4s_v2",
            },
            Spec("silent") with { ReportsHealth = false },
            Spec("mixed") with { MixedSizes = [Old, New] },
            Spec("flexible") with { Orchestration = "Flexible" },
            Spec("bare") with { Orchestration = "Flexible", HasModel = false },
        ])
        {
            RestrictedSizes = ["Standard_E8s_v5"],
            Quotas = [new QuotaSpec("westeurope", "standardESv5Family", 12)],
        },
    };

    [Fact]
    public async Task Tells_the_size_of_the_set_and_of_each_instance_and_what_it_could_be()
    {
        var read = await ReadAsync(Web);

        Assert.Equal((Old, RollOutMode.ByHand, false), (read.Size, read.Mode, read.IsUpdating));
        Assert.Equal(
            Enumerable.Range(0, 4).Select(number => new SizedInstance($"{number}", Old, true, InstanceHealth.Healthy, true)), read.Instances);
        Assert.Equal(["1", "2", "3"], read.Needs.Zones);
        Assert.Contains(New, read.Needs.Offered!);
        Assert.DoesNotContain("Standard_E8s_v5", read.Needs.Offered!);
    }

    [Fact]
    public async Task Tells_what_another_size_must_have()
    {
        var needs = (await ReadAsync(Needy)).Needs;

        Assert.Equal((6, 2, true, 64d, true), (needs.DataDisks, needs.NetworkInterfaces, needs.PremiumStorage, needs.EphemeralDiskGiB, needs.AcceleratedNetworking));
    }

    [Fact]
    public async Task Health_that_nobody_reports_is_unknown() =>
        Assert.All((await ReadAsync(Id("silent"))).Instances, instance => Assert.Equal(InstanceHealth.Unknown, instance.Health));

    [Theory]
    [InlineData("mixed", "instance mix")]
    [InlineData("flexible", "flexible")]
    [InlineData("bare", "no model")]
    public async Task Says_why_the_size_of_some_is_not_read_and_does_not_write_it(string name, string why)
    {
        Assert.Contains(why, Assert.IsType<SizeReading.Unreadable>(await Target().ReadSizeAsync(Id(name), Cancellation)).Reason, StringComparison.Ordinal);

        var refused = await Target().WriteAsync(new CapacityWrite(Id(name), 4, "\"1\"") { Size = New }, Cancellation);

        Assert.Contains(why, Assert.IsType<WriteResult.Rejected>(refused).Message, StringComparison.Ordinal);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Writes_the_size_together_with_the_count_and_nothing_else()
    {
        var write = await PlanAsync(5);
        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(write with { Size = New }, Cancellation));

        var record = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(
            ("PATCH", """{"sku":{"name":"Standard_D2s_v5","capacity":5}}""", write.IfMatch, Old, New),
            (record.Method, record.Body, record.IfMatch, record.SizeBefore, record.SizeAfter));
    }

    [Theory]
    [InlineData("x\",\"capacity\":0,\"a\":\"")]
    [InlineData("")]
    [InlineData("Standard D2")]
    public async Task What_is_no_name_of_a_size_is_not_sent(string size)
    {
        var write = await PlanAsync(4);

        await Assert.ThrowsAsync<ArgumentException>(() => Target().WriteAsync(write with { Size = size }, Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task A_size_against_a_changed_set_is_stale()
    {
        var write = await PlanAsync(4);
        Sandbox.Estate.SetSize(Web, "Standard_D8s_v5");

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(write with { Size = New }, Cancellation));
        Assert.Equal("Standard_D8s_v5", Sandbox.Estate.SizeOf(Web));
    }

    [Fact]
    public async Task Rolled_out_by_hand_instances_keep_their_size_until_each_is_told()
    {
        await ResizeAsync(Web, New);
        await PassAsync(2);
        var resized = await ReadAsync(Web);
        Assert.Equal((New, false), (resized.Size, resized.IsUpdating));
        Assert.All(resized.Instances, instance => Assert.Equal((Old, false, true), (instance.Size, instance.IsCurrent, instance.IsRunning)));

        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["1", "3", "1"]), Cancellation));

        Assert.Equal(("POST", $"{Web}/manualupgrade", """{"instanceIds":["1","3"]}"""), (Sandbox.Writes.All[^1].Method, Sandbox.Writes.All[^1].Path, Sandbox.Writes.All[^1].Body));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var during = await ReadAsync(Web);
        Assert.True(during.IsUpdating);
        Assert.Equal([true, false, true, false], during.Instances.Select(instance => instance.IsRunning));

        await PassAsync(5);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var after = await ReadAsync(Web);
        Assert.False(after.IsUpdating);
        Assert.Equal([Old, New, Old, New], after.Instances.Select(instance => instance.Size));
        Assert.Equal([false, true, false, true], after.Instances.Select(instance => instance.IsCurrent));
        Assert.All(after.Instances, instance => Assert.True(instance.IsRunning));
    }

    [Fact]
    public async Task New_instances_come_at_the_new_size()
    {
        await ResizeAsync(Web, New, goal: 6);
        await PassAsync(6);

        Assert.Equal([Old, Old, Old, Old, New, New], (await ReadAsync(Web)).Instances.Select(instance => instance.Size));
    }

    [Theory]
    [InlineData]
    [InlineData("*")]
    [InlineData("0", "*")]
    [InlineData("0", "1\",\"2")]
    public async Task An_upgrade_that_does_not_name_its_instances_is_not_sent(params string[] instances)
    {
        var refused = Assert.IsType<WriteResult.Rejected>(await Target().UpgradeAsync(new InstanceUpgrade(Web, instances), Cancellation));

        Assert.Equal((FailureClass.Invalid, "InstancesNotNamed"), (refused.Class, refused.Code));
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Instances_that_are_not_well_at_a_size_say_so()
    {
        Fault(new UnhealthySize(New), "POST", "manualupgrade");
        await ResizeAsync(Web, New);
        await PassAsync(1);
        await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0"]), Cancellation);
        await PassAsync(5);

        var read = await ReadAsync(Web);

        Assert.Equal(new SizedInstance("0", New, true, InstanceHealth.Unhealthy, true), read.Instances[0]);
        Assert.All(read.Instances.Skip(1), instance => Assert.Equal(InstanceHealth.Healthy, instance.Health));

        // The way back heals it.
        await ResizeAsync(Web, Old);
        await PassAsync(1);
        Assert.Equal([false, true, true, true], (await ReadAsync(Web)).Instances.Select(instance => instance.IsCurrent));
        await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0"]), Cancellation);
        await PassAsync(5);
        Assert.All((await ReadAsync(Web)).Instances, instance => Assert.Equal((Old, InstanceHealth.Healthy), (instance.Size, instance.Health)));
    }

    [Fact]
    public async Task A_size_that_cannot_be_had_fails_the_upgrade_and_leaves_the_instances_running()
    {
        Fault(new SizeNotAllocated(New, Code: "OverconstrainedAllocationRequest"), "POST", "manualupgrade");
        await ResizeAsync(Web, New);
        await PassAsync(1);
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0", "1"]), Cancellation));
        await PassAsync(5);

        var failed = Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));

        Assert.Equal((FailureClass.Capacity, "OverconstrainedAllocationRequest"), (failed.Class, failed.Code));
        Assert.All((await ReadAsync(Web)).Instances, instance => Assert.Equal((Old, true), (instance.Size, instance.IsRunning)));
    }

    [Fact]
    public async Task One_zone_without_the_size_leaves_its_instances_behind()
    {
        Fault(new SizeNotAllocated(New, Zone: "2", Code: "ZonalAllocationFailed"), "POST", "manualupgrade");
        await ResizeAsync(Web, New);
        await PassAsync(1);
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0", "1", "2", "3"]), Cancellation));
        await PassAsync(5);

        Assert.Equal(FailureClass.Capacity, Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation)).Class);
        Assert.Equal([New, Old, New, New], (await ReadAsync(Web)).Instances.Select(instance => instance.Size));
    }

    [Fact]
    public async Task An_upgrade_may_fail_half_way()
    {
        Fault(new UpgradeFails(1), "POST", "manualupgrade");
        await ResizeAsync(Web, New);
        await PassAsync(1);
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0", "1"]), Cancellation));
        await PassAsync(5);

        Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        Assert.Equal([New, Old, Old, Old], (await ReadAsync(Web)).Instances.Select(instance => instance.Size));
    }

    [Fact]
    public async Task Azure_rolls_batch_after_batch()
    {
        var accepted = await ResizeAsync(Rolling, New);
        Assert.Equal((RollOutMode.ByAzure, 2), ((await ReadAsync(Rolling)).Mode, await CountAsync(Rolling, instance => !instance.IsRunning)));

        await PassAsync(6);
        Assert.Equal((4, 2), (await CountAsync(Rolling, instance => instance.IsRunning), await CountAsync(Rolling, instance => instance is { IsCurrent: true, IsRunning: true })));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));

        await PassAsync(8);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        Assert.Equal(6, await CountAsync(Rolling, instance => instance is { IsCurrent: true, IsRunning: true, Size: New }));
    }

    [Fact]
    public async Task Azure_stops_rolling_when_the_first_are_not_well()
    {
        Fault(new UnhealthySize(New), "PATCH");
        var accepted = await ResizeAsync(Rolling, New);
        await PassAsync(20);

        Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        Assert.Equal((2, 4), (await CountAsync(Rolling, instance => instance.Health == InstanceHealth.Unhealthy), await CountAsync(Rolling, instance => !instance.IsCurrent)));
    }

    [Fact]
    public async Task A_roll_out_may_stop_for_good()
    {
        Fault(new UpgradeStops(3), "PATCH");
        var accepted = await ResizeAsync(Rolling, New);
        await PassAsync(60);

        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        Assert.Equal((true, 3), ((await ReadAsync(Rolling)).IsUpdating, await CountAsync(Rolling, instance => !instance.IsCurrent)));
    }

    [Fact]
    public async Task Azure_takes_all_at_once_where_the_policy_says_so()
    {
        await ResizeAsync(Automatic, New);
        Assert.Equal(4, await CountAsync(Automatic, instance => !instance.IsRunning));

        await PassAsync(5);
        Assert.Equal(4, await CountAsync(Automatic, instance => instance is { IsRunning: true, Size: New }));
    }

    [Theory]
    [InlineData("web", "Standard_E8s_v5", FailureClass.Capacity, "SkuNotAvailable")]
    [InlineData("web", "Standard_Z9", FailureClass.Invalid, "InvalidParameter")]
    [InlineData("automatic", "Standard_E4s_v5", FailureClass.Quota, "OperationNotAllowed")]
    [InlineData("needy", "Standard_F2s_v2", FailureClass.Invalid, "OperationNotAllowed")]
    [InlineData("needy", "Standard_D8s_v5", FailureClass.Invalid, "InvalidParameter")]
    public async Task What_Azure_refuses_is_told_apart(string name, string size, FailureClass failure, string code)
    {
        var etag = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(Id(name), Cancellation)).ETag;
        var refused = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(new CapacityWrite(Id(name), 4, etag) { Size = size }, Cancellation));

        Assert.Equal((failure, code), (refused.Class, refused.Code));
        Assert.Empty(Sandbox.Writes.Effective);
    }

    [Fact]
    public async Task Cores_of_the_quota_are_asked_for_when_an_instance_is_told()
    {
        await ResizeAsync(Web, "Standard_E4s_v5");
        await PassAsync(1);
        Assert.IsType<WriteResult.Accepted>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["0", "1", "2"]), Cancellation));
        await PassAsync(5);

        var refused = Assert.IsType<WriteResult.Rejected>(await Target().UpgradeAsync(new InstanceUpgrade(Web, ["3"]), Cancellation));

        Assert.Equal(FailureClass.Quota, refused.Class);
    }

    [Theory]
    [InlineData("/web\\?")]
    [InlineData("/virtualMachines\\?")]
    public async Task What_cannot_be_read_is_a_value(string target)
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), "GET", target);

        Assert.Contains("AuthorizationFailed", Assert.IsType<SizeReading.Unreadable>(await Target().ReadSizeAsync(Web, Cancellation)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_does_not_tell_how_it_stands_leaves_nobody_knowing()
    {
        Fault(new AnswerWith(200, Body: """{"value":[{"instanceId":"0","properties":{"provisioningState":"Succeeded"}}]}"""), "GET", "/virtualMachines");

        Assert.IsType<SizeReading.Unreadable>(await Target().ReadSizeAsync(Web, Cancellation));
    }

    [Fact]
    public async Task Who_may_write_a_set_may_not_yet_upgrade_its_instances()
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Estate = new EstateSpec([Spec("web")]) { Grants = [new("sandbox", $"/subscriptions/{Subscription}", ["*/read", "*/write"], [])] },
            },
            Cancellation);
        var arm = Connect(connection => connection with
        {
            Transport = AzureConnection.Over(sandbox.Connection.CreateHandler(sandbox.Clock)), Time = sandbox.Clock,
        });
        var target = new ScaleSetTarget(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));

        var refused = Assert.IsType<WriteResult.Rejected>(await target.UpgradeAsync(new InstanceUpgrade(Web, ["0"]), Cancellation));

        Assert.Equal(FailureClass.Forbidden, refused.Class);
        Assert.Contains("manualUpgrade/action", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_list_of_sizes_what_is_offered_is_not_known()
    {
        Fault(new AnswerWith(500), "GET", "/skus");

        Assert.Null((await ReadAsync(Web)).Needs.Offered);
    }

    private async Task<SizeReading.Read> ReadAsync(TargetId target) =>
        Assert.IsType<SizeReading.Read>(await Target().ReadSizeAsync(target, Cancellation));

    private async Task<int> CountAsync(TargetId target, Func<SizedInstance, bool> isCounted) => (await ReadAsync(target)).Instances.Count(isCounted);

    private async Task<WriteResult.Accepted> ResizeAsync(TargetId target, string size, int? goal = null)
    {
        var read = Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(target, Cancellation));
        return Assert.IsType<WriteResult.Accepted>(
            await Target().WriteAsync(new CapacityWrite(target, goal ?? read.Capacity, read.ETag) { Size = size }, Cancellation));
    }

    private Task PassAsync(int minutes) => Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(minutes), Cancellation).AsTask();
}
