using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Compute;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Adapters.Tests.Compute;

/// <summary>Virtual machines: running is 1, deallocated is 0.</summary>
public sealed class MachineTargetTests : AzureTest
{
    private static readonly TargetId Running = MachineId("running");
    private static readonly TargetId Resting = MachineId("resting");
    private static readonly TargetId Stopped = MachineId("stopped");
    private static readonly TargetId Member = MachineId("member");
    private static readonly TargetId Ephemeral = MachineId("ephemeral");

    protected override SandboxOptions Options() => base.Options() with
    {
        PageSize = 2,
        Estate = new EstateSpec([Spec("web")])
        {
            VirtualMachines =
            [
                Machine(Running),
                Machine(Resting) with { InitialCapacity = 0 },
                Machine(Stopped) with { IsStopped = true },
                Machine(Member) with { ScaleSet = Web.Value },
                Machine(Ephemeral) with { HasEphemeralDisk = true },
            ],
        },
    };

    [Theory]
    [InlineData("running", 1, 1)]
    [InlineData("resting", 0, 0)]
    [InlineData("stopped", 1, 0)]
    public async Task Running_is_one_deallocated_none_and_a_stopped_one_still_has_its_place(string name, int capacity, int ready)
    {
        Assert.Equal(capacity, (await ReadAsync(MachineId(name))).Capacity);
        Assert.Equal(new InstancesReading.Read(ready, capacity), await Target().ReadInstancesAsync(MachineId(name), Cancellation));
    }

    [Theory]
    [InlineData("running", 0, "deallocate")]
    [InlineData("stopped", 0, "deallocate")]
    [InlineData("resting", 1, "start")]
    public async Task Starts_and_deallocates(string name, int goal, string action)
    {
        var id = MachineId(name);
        var accepted = Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(id, goal), Cancellation));

        var write = Assert.Single(Sandbox.Writes.All);
        Assert.Equal(("POST", $"{id}/{action}", "", goal), (write.Method, write.Path, write.Body, write.CapacityAfter));
        Assert.IsType<OperationReading.Running>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        Assert.True((await ReadAsync(id)).IsUpdating);

        await Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(3), Cancellation);
        Assert.IsType<OperationReading.Succeeded>(await Target().ReadOperationAsync(accepted.Operation!, Cancellation));
        var after = await ReadAsync(id);
        Assert.Equal((goal, false), (after.Capacity, after.IsUpdating));
        Assert.Equal(new InstancesReading.Read(goal, goal), await Target().ReadInstancesAsync(id, Cancellation));
    }

    [Fact]
    public async Task One_that_changed_since_is_left_as_it_is()
    {
        var plan = await PlanAsync(Running, 0);
        Sandbox.Estate.SetCapacity(Running, 0);

        Assert.IsType<WriteResult.Stale>(await Target().WriteAsync(plan, Cancellation));
        Assert.DoesNotContain(Sandbox.Writes.All, write => !write.IsForeign);
    }

    [Fact]
    public async Task One_whose_state_is_not_told_is_unreadable_and_gets_nothing()
    {
        var plan = await PlanAsync(Running, 0);
        Fault(new AnswerWith(200, Body: $$"""{"id":"{{Running}}","location":"westeurope","properties":{"hardwareProfile":{"vmSize":"x"} } }"""), "GET");

        Assert.Contains("power state", Assert.IsType<CapacityReading.Unreadable>(await Target().ReadAsync(Running, Cancellation)).Reason, StringComparison.Ordinal);
        Assert.Equal("MachineUnreadable", Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(plan, Cancellation)).Code);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Theory]
    [InlineData("member", "it is an instance of the scale set web")]
    [InlineData("ephemeral", "its system disk is ephemeral")]
    public async Task What_is_not_ours_to_stop_is_not_stopped(string name, string why)
    {
        var rejected = Assert.IsType<WriteResult.Rejected>(await Target().WriteAsync(await PlanAsync(MachineId(name), 0), Cancellation));

        Assert.Contains(why, rejected.Message, StringComparison.Ordinal);
        Assert.Empty(Sandbox.Writes.All);
    }

    [Fact]
    public async Task Knows_no_other_count() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Target().WriteAsync(await PlanAsync(Running, 2), Cancellation));

    [Fact]
    public async Task Lists_them_with_their_state_and_what_there_is_to_know()
    {
        var listing = new TargetListing(Subscription);
        await new MachineList(Connect()).ReadAsync(listing, Cancellation);

        Assert.Empty(listing.Problems);
        Assert.Equal(
            [(Resting, 0, ""), (Running, 1, ""), (Stopped, 1, "stopped, but not deallocated: Azure bills it like one that runs")],
            listing.Targets.OrderBy(target => target.Id.Key).Select(target => (target.Id, target.Capacity, target.Remark)));
        Assert.All(listing.Targets, target => Assert.Equal((0, 1), (target.Least!.Instances, target.Most!.Instances)));
        Assert.Equal([Ephemeral, Member], listing.LeftAlone.Select(target => target.Id).OrderBy(id => id.Key));
    }

    /// <summary>One that was made between the two lists, or that Azure could not make, must not keep all others from being lowered.</summary>
    [Fact]
    public async Task One_without_a_power_state_is_left_alone_and_puts_nothing_in_doubt()
    {
        Fault(new AnswerWith(200, Body: $$"""{"value":[{"id":"{{Running}}","properties":{"instanceView":{"statuses":[{"code":"PowerState/running"}]} } }]}"""), "GET", "statusOnly=true");
        var listing = new TargetListing(Subscription);
        await new MachineList(Connect()).ReadAsync(listing, Cancellation);

        Assert.Empty(listing.Problems);
        Assert.Equal([Running], listing.Targets.Select(target => target.Id));
        Assert.Equal("its power state is not told", listing.LeftAlone.Single(target => target.Id == Resting).Owner.Why);
    }

    [Theory]
    [InlineData(true, "Microsoft.Compute/virtualMachines/start/action"), InlineData(false, "Microsoft.Compute/virtualMachines/deallocate/action")]
    public void Needs_the_right_to_do_what_it_does_and_no_other(bool isRaise, string action) =>
        Assert.Equal(action, Target().ActionFor(Running, isRaise));

    [Fact]
    public void Are_not_even_listed_where_no_policy_asks_for_them() => Assert.False(new MachineList(Connect(), new()).IsWanted);

    private static TargetId MachineId(string name) => VirtualMachineSpec.IdOf(Subscription, "shop", name);

    private static VirtualMachineSpec Machine(TargetId id) => new()
    {
        Id = id,
        Load = new ConstantLoad(0.5),
        Tags = new Dictionary<string, string> { ["app"] = "shop" },
    };

    private MachineTarget Target()
    {
        var arm = Connect();
        return new MachineTarget(arm, new ArmWriter(arm, new LogLines()), new ArmOperations(arm));
    }

    private async Task<CapacityReading.Read> ReadAsync(TargetId target) =>
        Assert.IsType<CapacityReading.Read>(await Target().ReadAsync(target, Cancellation));

    private async Task<CapacityWrite> PlanAsync(TargetId target, int goal) => new(target, goal, (await ReadAsync(target)).ETag);
}
