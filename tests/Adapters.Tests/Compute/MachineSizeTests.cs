using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>Reading and changing the size of virtual machines: running ones are restarted, deallocated ones are not started.</summary>
public sealed class MachineSizeTests : AzureTest
{
    private const string Old = "Standard_D4s_v5";
    private const string New = "Standard_D2s_v5";

    private static readonly TargetId Running = MachineId("running");
    private static readonly TargetId Resting = MachineId("resting");
    private static readonly TargetId Stopped = MachineId("stopped");
    private static readonly TargetId Tied = MachineId("tied");

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 4,
        Estate = new EstateSpec([Spec("web")])
        {
            VirtualMachines =
            [
                Machine(Running),
                Machine(Resting) with { InitialCapacity = 0, OfferedWhereItRuns = [Old] },
                Machine(Stopped) with { IsStopped = true },
                Machine(Tied) with { OfferedWhereItRuns = [Old, "Standard_D8s_v5"], DataDisks = 6, HasPremiumDisks = true, NetworkInterfaces = 2, Zone = "2" },
                Machine(MachineId("member")) with { ScaleSet = Web.Value },
                Machine(MachineId("ephemeral")) with { HasEphemeralDisk = true },
            ],
            RestrictedSizes = ["Standard_E8s_v5"],
            Quotas = [new("westeurope", "standardESv5Family", 2)],
        },
    };

    [Fact]
    public async Task Tells_its_size_how_it_is_and_what_it_could_be()
    {
        var read = await ReadAsync(Tied);

        Assert.Equal((Old, RollOutMode.ByResource, false), (read.Size, read.Mode, read.IsUpdating));
        Assert.Equal(new SizedInstance("tied", Old, true, InstanceHealth.Healthy, true), Assert.Single(read.Instances));
        Assert.Equal((6, 2, true), (read.Needs.DataDisks, read.Needs.NetworkInterfaces, read.Needs.PremiumStorage));
        Assert.Equal(["2"], read.Needs.Zones);
        Assert.Equal([Old, "Standard_D8s_v5"], read.Needs.Offered!.Order());
    }

    [Fact]
    public async Task One_that_is_deallocated_can_become_all_there_is_but_sizes_with_a_disk_on_the_host()
    {
        var read = await ReadAsync(Resting);

        Assert.Equal(new SizedInstance("resting", Old, true, InstanceHealth.Unknown, false), Assert.Single(read.Instances));
        Assert.Contains(New, read.Needs.Offered!);
        Assert.DoesNotContain("Standard_D2ds_v5", read.Needs.Offered!);
        Assert.DoesNotContain("Standard_F4s_v2", read.Needs.Offered!);
    }

    [Fact]
    public async Task A_new_size_restarts_one_that_runs()
    {
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(Running, New, 1), Cancellation));

        var write = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(
            ("PATCH", Running.Value, """{"properties":{"hardwareProfile":{"vmSize":"Standard_D2s_v5"}}}""", "\"1\"", Old, New),
            (write.Method, write.Path, write.Body, write.IfMatch, write.SizeBefore, write.SizeAfter));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var during = await ReadAsync(Running);
        Assert.Equal((New, true), (during.Size, during.IsUpdating));
        Assert.Equal((false, false), Assert.Single(during.Instances) is var instance ? (instance.IsCurrent, instance.IsRunning) : default);

        await PassAsync(3);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var after = await ReadAsync(Running);
        Assert.Equal(new SizedInstance("running", New, true, InstanceHealth.Healthy, true), Assert.Single(after.Instances));
        Assert.False(after.IsUpdating);
    }

    [Theory]
    [InlineData("resting", 0)]
    [InlineData("stopped", 1)]
    public async Task A_new_size_starts_nothing_that_rests(string name, int capacity)
    {
        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(MachineId(name), New, capacity), Cancellation));
        await PassAsync(3);

        var read = await ReadAsync(MachineId(name));
        Assert.Equal((New, false), (read.Size, Assert.Single(read.Instances).IsRunning));
        Assert.Equal(capacity, Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(MachineId(name), Cancellation)).Capacity);
    }

    [Theory]
    [InlineData("running", 0)]
    [InlineData("resting", 1)]
    public async Task It_is_not_resized_and_started_or_stopped_in_one(string name, int goal)
    {
        var refused = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(MachineId(name), New, goal), Cancellation));

        Assert.Equal("SizeAlone", refused.Code);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task One_that_changed_since_is_left_as_it_is()
    {
        var plan = await PlanAsync(Running, New, 1);
        Sandbox.Estate.SetSize(Running, "Standard_D8s_v5");
        await PassAsync(3);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(plan, Cancellation));
        Assert.Equal("Standard_D8s_v5", Sandbox.Estate.SizeOf(Running));
    }

    [Fact]
    public async Task One_that_changes_between_the_read_and_the_write_is_left_as_it_is()
    {
        var plan = await PlanAsync(Running, New, 1);
        Sandbox.Observer = (seen, _) =>
        {
            if (seen is { Method: "PATCH", Moment: RequestMoment.Received })
            {
                Sandbox.Estate.SetSize(Running, "Standard_D8s_v5");
            }

            return ValueTask.CompletedTask;
        };

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(plan, Cancellation));
        Assert.Equal("Standard_D8s_v5", Sandbox.Estate.SizeOf(Running));
    }

    [Theory]
    [InlineData("tied", New, FailureClass.Invalid, "OperationNotAllowed")]
    [InlineData("tied", "Standard_D16s_v5", FailureClass.Capacity, "OperationNotAllowed")]
    [InlineData("running", "Standard_E8s_v5", FailureClass.Capacity, "SkuNotAvailable")]
    [InlineData("running", "Standard_E4s_v5", FailureClass.Quota, "OperationNotAllowed")]
    [InlineData("running", "Standard_D4ds_v5", FailureClass.Invalid, "OperationNotAllowed")]
    [InlineData("running", "Standard_D3", FailureClass.Invalid, "InvalidParameter")]
    public async Task What_Azure_refuses_is_told_apart(string name, string size, FailureClass failure, string code)
    {
        var refused = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(MachineId(name), size, 1), Cancellation));

        Assert.Equal((failure, code), (refused.Class, refused.Code));
        Assert.Empty(Sandbox.Writes.Effective);
        Assert.True(Assert.Single((await ReadAsync(MachineId(name))).Instances).IsRunning);
    }

    [Fact]
    public async Task Deallocated_it_takes_what_its_hardware_did_not_have() =>
        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(Resting, New, 0), Cancellation));

    [Fact]
    public async Task A_size_that_is_not_to_be_had_after_all_leaves_it_running_on_the_old_hardware()
    {
        Fault(new SizeNotAllocated(New), "PATCH");
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(Running, New, 1), Cancellation));
        await PassAsync(3);

        Assert.Equal(FailureClass.Capacity, Assert.IsType<OperationReading.Failed>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation)).Class);
        Assert.Equal((Old, true), Assert.Single((await ReadAsync(Running)).Instances) is var instance ? (instance.Size, instance.IsRunning) : default);
    }

    [Fact]
    public async Task One_whose_agent_is_silent_afterwards_is_not_well()
    {
        Fault(new UnhealthySize(New), "PATCH");
        await Target().WriteAsync(await PlanAsync(Running, New, 1), Cancellation);
        await PassAsync(3);

        Assert.Equal(InstanceHealth.Unhealthy, Assert.Single((await ReadAsync(Running)).Instances).Health);
    }

    [Theory]
    [InlineData("""{"statuses":[{"code":"PowerState/running"}],"vmAgent":{"statuses":[{"code":"ProvisioningState/Unavailable"}]}}""", InstanceHealth.Unknown)]
    [InlineData("""{"statuses":[{"code":"PowerState/running"}]}""", InstanceHealth.Unknown)]
    [InlineData("""{"statuses":[{"code":"PowerState/running"}],"vmHealth":{"status":{"code":"HealthState/unhealthy"}},"vmAgent":{"statuses":[{"code":"ProvisioningState/succeeded"}]}}""", InstanceHealth.Unhealthy)]
    [InlineData("""{"statuses":[{"code":"PowerState/running"}],"vmHealth":{"status":{"code":"HealthState/unknown"}}}""", InstanceHealth.Unknown)]
    public async Task Health_is_what_somebody_reports_and_else_unknown(string view, InstanceHealth expected)
    {
        Fault(new AnswerWith(200, Body: $$"""
            {"id":"{{Running}}","location":"westeurope","properties":{"provisioningState":"Succeeded","hardwareProfile":{"vmSize":"{{Old}}"},"instanceView":{{view}} } }
            """), "GET", "/running\\?");

        Assert.Equal(expected, Assert.Single((await ReadAsync(Running)).Instances).Health);
    }

    [Theory]
    [InlineData("member", "scale set")]
    [InlineData("ephemeral", "ephemeral")]
    public async Task What_is_not_ours_to_resize_is_not_resized(string name, string why)
    {
        Assert.Contains(why, Assert.IsType<SizeReading.Unreadable>(await Target().ReadSizeAsync(MachineId(name), Cancellation)).Reason, StringComparison.Ordinal);
        Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(MachineId(name), New, 1), Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task There_is_nothing_to_bring_up_to_a_machine()
    {
        Assert.IsType<WriteResult.Rejected>(await Target().UpgradeAsync(new InstanceUpgrade(Running, ["running"]), Cancellation));
        Assert.Empty(Sandbox.Writes.All);
    }

    private static TargetId MachineId(string name) => VirtualMachineSpec.IdOf(Subscription, "shop", name);

    private static VirtualMachineSpec Machine(TargetId id) => new() { Id = id, Load = new ConstantLoad(0.5) };

    private MachineTarget Target()
    {
        var arm = Connect();
        return new MachineTarget(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));
    }

    private async Task<SizeReading.Read> ReadAsync(TargetId target) =>
        Assert.IsType<SizeReading.Read>(await Target().ReadSizeAsync(target, Cancellation));

    private async Task<CapacityWrite> PlanAsync(TargetId target, string size, int goal) =>
        new(target, goal, Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(target, Cancellation)).ETag) { Size = size };

    private Task PassAsync(int minutes) => Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(minutes), Cancellation).AsTask();
}
