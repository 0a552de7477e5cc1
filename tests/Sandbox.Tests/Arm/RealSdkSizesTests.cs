using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Compute;
using Azure.ResourceManager.Compute.Models;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Arm;

/// <summary>Azure's own Compute client resizes, lists and upgrades against the sandbox.</summary>
public sealed class RealSdkSizesTests
{
    private const string New = "Standard_D2s_v5";

    private static readonly TargetId Machine = VirtualMachineSpec.IdOf(SandboxHost.Subscription, "shop", "machine");

    [Fact]
    public async Task Lists_the_sizes_of_a_scale_set_over_its_pages()
    {
        await using var host = await SandboxHost.StartAsync(options => options with { PageSize = 4 });
        var names = new List<string>();
        await foreach (var size in Set(host).GetSkusAsync(SandboxHost.Cancel))
        {
            names.Add(size.Sku.Name);
        }

        Assert.Contains("Standard_E4s_v5", names);
        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Count > 10);
    }

    [Fact]
    public async Task Resizes_a_scale_set_and_upgrades_an_instance()
    {
        await using var host = await SandboxHost.StartAsync();
        await Set(host).UpdateAsync(WaitUntil.Started, new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Name = New } }, SandboxHost.Cancel);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        var operation = await Set(host).UpdateInstancesAsync(WaitUntil.Started, new VirtualMachineScaleSetVmInstanceRequiredIds(["2"]), SandboxHost.Cancel);
        Assert.False(operation.HasCompleted);
        await host.AdvanceAsync(TimeSpan.FromMinutes(5));
        await operation.UpdateStatusAsync(SandboxHost.Cancel);

        Assert.True(operation.HasCompleted);
        var instances = new List<VirtualMachineScaleSetVmData>();
        await foreach (var instance in Set(host).GetVirtualMachineScaleSetVms().GetAllAsync(expand: "instanceView", cancellationToken: SandboxHost.Cancel))
        {
            instances.Add(instance.Data);
        }

        Assert.Equal([false, false, true, false, false], instances.Select(instance => instance.LatestModelApplied!.Value));
        Assert.Equal(New, instances[2].Sku.Name);
        Assert.All(instances, instance => Assert.Equal("HealthState/healthy", instance.InstanceView.VmHealthStatus?.Code));
    }

    [Fact]
    public async Task Follows_a_rolling_upgrade()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web") with { UpgradeMode = "Rolling" }]),
        });
        await Assert.ThrowsAsync<RequestFailedException>(async () => await LatestAsync(host));
        await Set(host).UpdateAsync(WaitUntil.Started, new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Name = New } }, SandboxHost.Cancel);
        await host.AdvanceAsync(TimeSpan.FromMinutes(5));
        var during = await LatestAsync(host);
        Assert.Equal(
            (RollingUpgradeStatusCode.RollingForward, 1, 1, 3),
            (during.RunningStatus.Code, during.Progress.SuccessfulInstanceCount, during.Progress.InProgressInstanceCount, during.Progress.PendingInstanceCount));

        await host.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.Equal((RollingUpgradeStatusCode.Completed, 5), await LatestAsync(host) is var after ? (after.RunningStatus.Code, after.Progress.SuccessfulInstanceCount) : default);
    }

    [Fact]
    public async Task Is_told_that_a_rolling_upgrade_has_failed()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web") with { UpgradeMode = "Rolling" }]),
        });
        host.Server.Faults.Set(new UpgradeFails(2));
        await Set(host).UpdateAsync(WaitUntil.Started, new VirtualMachineScaleSetPatch { Sku = new ComputeSku { Name = New } }, SandboxHost.Cancel);
        await host.AdvanceAsync(TimeSpan.FromMinutes(20));
        var after = await LatestAsync(host);

        Assert.Equal(
            (RollingUpgradeStatusCode.Faulted, 2, 3, 0),
            (after.RunningStatus.Code, after.Progress.SuccessfulInstanceCount, after.Progress.FailedInstanceCount, after.Progress.PendingInstanceCount));
        Assert.Equal("VMExtensionProvisioningError", after.Error.Code);
    }

    [Fact]
    public async Task Lists_the_sizes_of_a_machine_and_resizes_it()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([])
            {
                VirtualMachines = [new VirtualMachineSpec { Id = Machine, Load = new ConstantLoad(1), OfferedWhereItRuns = ["Standard_D4s_v5", New] }],
            },
        });
        var machine = Client(host).GetVirtualMachineResource(new ResourceIdentifier(Machine.Value));
        var sizes = new List<VirtualMachineSize>();
        await foreach (var size in machine.GetAvailableSizesAsync(SandboxHost.Cancel))
        {
            sizes.Add(size);
        }

        Assert.Equal([(New, 2, 8192, 4), ("Standard_D4s_v5", 4, 16384, 8)], sizes.Select(size => (size.Name, size.NumberOfCores!.Value, size.MemoryInMB!.Value, size.MaxDataDiskCount!.Value)));
        await machine.UpdateAsync(
            WaitUntil.Started,
            new VirtualMachinePatch { HardwareProfile = new VirtualMachineHardwareProfile { VmSize = New } },
            cancellationToken: SandboxHost.Cancel);
        Assert.Equal(New, host.Server.Estate.SizeOf(Machine));
    }

    private static async Task<VirtualMachineScaleSetRollingUpgradeData> LatestAsync(SandboxHost host) =>
        (await Set(host).GetVirtualMachineScaleSetRollingUpgrade().GetAsync(SandboxHost.Cancel)).Value.Data;

    private static VirtualMachineScaleSetResource Set(SandboxHost host) =>
        Client(host).GetVirtualMachineScaleSetResource(new ResourceIdentifier(SandboxHost.Web.Value));

    private static ArmClient Client(SandboxHost host) => new(
        new SandboxCredential(),
        SandboxHost.Subscription,
        new ArmClientOptions { Transport = new HttpClientTransport(new HttpClient(host.Server.Connection.CreateHandler(host.Server.Clock))) });
}
